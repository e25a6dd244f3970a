package dev.threadwell.api.stream;

import dev.threadwell.api.http.RequestEventLoop;
import dev.threadwell.api.settings.PollConfig;
import dev.threadwell.persistence.run.RunKey;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.persistence.run.RunStore;
import dev.threadwell.platform.kafka.StreamRecord;
import dev.threadwell.run.Run;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Long polling: makes a request for a run wait until the run has ended or requires action. In any
 * other status the poll helpers of the SDKs would only ask again.
 */
@ApplicationScoped
public class RunLongPoll {

    private final RunSubscriptions subscriptions;
    private final RunStore runs;
    private final Duration atMost;

    @Inject
    RunLongPoll(RunSubscriptions subscriptions, RunStore runs, PollConfig config) {
        this(subscriptions, runs, config.waitAtMost());
    }

    RunLongPoll(RunSubscriptions subscriptions, RunStore runs, Duration atMost) {
        this.subscriptions = subscriptions;
        this.runs = runs;
        this.atMost = atMost;
    }

    /**
     * The run when it ends or requires action, or in its current state after a while; null if there
     * is no such run. The waiter subscribes before the row is read, so every change is either in
     * the row or announced later.
     */
    public Uni<@Nullable Run> settled(RunKey key) {
        Waiter waiter = new Waiter();
        RequestEventLoop eventLoop = RequestEventLoop.current();
        subscriptions.add(key.runId(), waiter);
        return runs.row(key)
                .<@Nullable Run>chain(row -> changed(key, row, waiter))
                .emitOn(eventLoop)
                .onTermination()
                .invoke(() -> subscriptions.remove(key.runId(), waiter));
    }

    private Uni<@Nullable Run> changed(RunKey key, @Nullable RunRow row, Waiter waiter) {
        if (row == null) {
            return Uni.createFrom().nullItem();
        }
        if (row.run().status().endsStream()) {
            return Uni.createFrom().item(row.run());
        }
        return Uni.createFrom()
                .<@Nullable Run>completionStage(waiter.after(row.version()))
                .ifNoItem()
                .after(atMost)
                .recoverWithUni(Uni.createFrom().nullItem())
                .<@Nullable Run>chain(
                        news -> news == null ? runs.find(key) : Uni.createFrom().item(news));
    }

    /** Keeps the newest announcement until the version of the row is known. */
    private static final class Waiter implements RunSubscriber {

        private final CompletableFuture<@Nullable Run> change = new CompletableFuture<>();
        private int known = Integer.MAX_VALUE;
        private @Nullable RunAnnouncement newest;

        @Override
        public void streamed(List<StreamRecord> records) {}

        @Override
        public synchronized void announced(RunAnnouncement announcement) {
            if (announcement.run().status().endsStream()
                    && (newest == null || announcement.version() > newest.version())) {
                newest = announcement;
                tell();
            }
        }

        /** Ends the wait, so that the client asks again and reaches another node. */
        @Override
        public void leaving() {
            change.complete(null);
        }

        synchronized CompletableFuture<@Nullable Run> after(int version) {
            known = version;
            tell();
            return change;
        }

        private void tell() {
            if (newest != null && newest.version() > known) {
                change.complete(newest.run());
            }
        }
    }
}
