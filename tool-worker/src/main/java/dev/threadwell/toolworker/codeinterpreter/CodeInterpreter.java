package dev.threadwell.toolworker.codeinterpreter;

import dev.threadwell.assistant.ToolKind;
import dev.threadwell.persistence.tool.CodeSessions.Standing;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.toolworker.CancelledRuns;
import dev.threadwell.toolworker.ToolExecutor;
import dev.threadwell.toolworker.file.OutageRetry;
import dev.threadwell.topic.ToolRequested;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Executes Python code that a model writes, in the session of its thread. */
@ApplicationScoped
public class CodeInterpreter implements ToolExecutor {

    private static final Logger LOG = Logger.getLogger(CodeInterpreter.class);

    /** Reserved before the run expires, so that the answer arrives in time. */
    private static final Duration TO_ANSWER = Duration.ofSeconds(5);

    private static final String STARTED_AFRESH =
            "The interpreter was started afresh: variables, imports and files of earlier calls are"
                    + " gone.";

    private final CodeSandbox sandbox;
    private final Sessions sessions;
    private final SessionRecords records;
    private final FileObjects files;
    private final CodeConfig config;
    private final CancelledRuns cancelled;
    private final InstantSource clock;

    /** Why code is not executed, as far as it is known; null if nothing stands against it. */
    private volatile @Nullable String hindrance;

    @Inject
    CodeInterpreter(
            CodeSandbox sandbox,
            Sessions sessions,
            SessionRecords records,
            FileObjects files,
            CodeConfig config,
            CancelledRuns cancelled,
            InstantSource clock) {
        this.sandbox = sandbox;
        this.sessions = sessions;
        this.records = records;
        this.files = files;
        this.config = config;
        this.cancelled = cancelled;
        this.clock = clock;
    }

    /** Checks whether code can be executed here and opens the first warm sessions. */
    void start(@Observes StartupEvent event) {
        if (config.enabled()) {
            Thread.ofVirtual().start(this::makeReady);
        }
    }

    /** Why code is not executed; null if it is, or if nobody has tried yet. */
    @Nullable String hindrance() {
        return config.enabled() ? hindrance : "it is turned off";
    }

    private @Nullable String unavailable() {
        hindrance = sandbox.unavailable();
        return hindrance;
    }

    private void makeReady() {
        String reason = unavailable();
        if (reason == null) {
            sessions.warmUp();
        } else {
            LOG.warnf(
                    "no code interpreter here; './threadwell doctor' says how to get it reason=%s",
                    reason);
        }
    }

    @Override
    public ToolKind kind() {
        return ToolKind.CODE_INTERPRETER;
    }

    @Override
    public ToolOutput execute(ToolRequested call) throws IOException {
        if (!config.enabled()) {
            return new ToolOutput.Text(
                    "The code interpreter is not available: it is turned off. Answer without it.");
        }
        Duration limit = limit(call);
        if (limit.isNegative() || limit.isZero()) {
            return new ToolOutput.Text("The code was not executed: its run has expired.");
        }
        String reason = unavailable();
        if (reason != null) {
            LOG.warnf("code is not executed runId=%s reason=%s", call.runId(), reason);
            return new ToolOutput.Text(
                    "The code interpreter is not available on this installation. Answer without"
                            + " it. (For whoever runs it: "
                            + reason
                            + "; './threadwell doctor' says how to get it.)");
        }
        try {
            return execute(call, limit);
        } catch (Sessions.AllBusy e) {
            return new ToolOutput.Text(
                    "The code was not executed: too much other code is. Try again later.");
        }
    }

    private Duration limit(ToolRequested call) {
        Duration left =
                Duration.ofSeconds(call.expiresAt()).minusMillis(clock.millis()).minus(TO_ANSWER);
        return left.compareTo(config.timeLimit()) < 0 ? left : config.timeLimit();
    }

    private ToolOutput execute(ToolRequested call, Duration limit) throws IOException {
        ThreadSession kept = sessions.take(call.threadId(), limit);
        try {
            Standing standing = records.claim(call, kept.id());
            if (kept.wasUsed() && standing == Standing.AFTER_ANOTHER) {
                sessions.end(kept, "another worker had the thread meanwhile");
                kept = sessions.take(call.threadId(), limit);
                records.claim(call, kept.id());
            }
            String gone = standing == Standing.AFTER_ANOTHER ? STARTED_AFRESH : null;
            return executed(call, kept, gone);
        } finally {
            sessions.release(kept);
        }
    }

    /**
     * Executes the call. If the run is cancelled, the session is ended, so that the thread's next
     * run does not have to wait.
     */
    private ToolOutput executed(ToolRequested call, ThreadSession kept, @Nullable String gone)
            throws IOException {
        try (var _ =
                cancelled.watch(call.runId(), () -> sessions.end(kept, "the run was cancelled"))) {
            CodeCall executing =
                    new CodeCall(call, kept, files, config, new OutageRetry(call, clock));
            try {
                return executing.execute(limit(call), gone);
            } catch (IOException | RuntimeException e) {
                if (executing.begun()) {
                    // A retry must not see the effects of the first execution.
                    sessions.end(kept, "the call failed");
                }
                throw e;
            }
        }
    }
}
