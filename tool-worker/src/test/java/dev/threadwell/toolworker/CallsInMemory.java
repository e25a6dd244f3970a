package dev.threadwell.toolworker;

import dev.threadwell.persistence.tool.PendingCall;
import dev.threadwell.persistence.tool.PendingCalls;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.topic.ToolRequested;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls that have begun, without a database. */
public final class CallsInMemory extends PendingCalls {

    private final Map<String, PendingCall> open = new LinkedHashMap<>();
    private final Map<String, ToolOutput> answers = new HashMap<>();
    private final Map<String, Instant> deadlines = new HashMap<>();

    public CallsInMemory() {
        super(null);
    }

    @Override
    public Uni<Begun> begin(ToolRequested call, boolean awaited, Instant deadline) {
        String id = "fcall_" + call.stepId() + "_" + call.callId();
        boolean first = !open.containsKey(id);
        open.putIfAbsent(
                id,
                new PendingCall(
                        id,
                        call.projectId(),
                        call.threadId(),
                        call.runId(),
                        call.stepId(),
                        call.callId()));
        deadlines.put(id, deadline);
        return Uni.createFrom().item(new Begun(id, first, answers.get(id)));
    }

    @Override
    public Uni<Void> answered(String projectId, String id, ToolOutput output) {
        answers.put(id, output);
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<@Nullable PendingCall> awaited(String id) {
        return Uni.createFrom().item(open.get(id));
    }

    @Override
    public Uni<List<PendingCall>> overdue(int limit) {
        return Uni.createFrom()
                .item(
                        open.values().stream()
                                .filter(c -> deadlines.get(c.id()).isBefore(Instant.now()))
                                .limit(limit)
                                .toList());
    }

    @Override
    public Uni<Void> close(String id) {
        open.remove(id);
        return Uni.createFrom().voidItem();
    }

    public List<String> ids() {
        return List.copyOf(open.keySet());
    }
}
