package dev.threadwell.runworker.model;

import dev.threadwell.runworker.turn.ModelEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A listener that records its calls. */
class Heard implements ModelCall.Listener {

    final List<ModelEvent> events = new CopyOnWriteArrayList<>();
    private final CompletableFuture<ModelFailure> failure = new CompletableFuture<>();
    private final CompletableFuture<Heard> end = new CompletableFuture<>();
    private final Consumer<Heard> atEachEvent;

    Heard() {
        this(heard -> {});
    }

    Heard(Consumer<Heard> atEachEvent) {
        this.atEachEvent = atEachEvent;
    }

    @Override
    public void on(ModelEvent event) {
        events.add(event);
        atEachEvent.accept(this);
    }

    @Override
    public void ended() {
        complete(end.complete(this));
    }

    @Override
    public void failed(ModelFailure why) {
        complete(failure.complete(why));
    }

    private void complete(boolean first) {
        if (!first || (end.isDone() && failure.isDone())) {
            throw new AssertionError("a second end");
        }
    }

    Heard untilItEnds() {
        return end.orTimeout(60, TimeUnit.SECONDS).join();
    }

    ModelFailure untilItFails() {
        return failure.orTimeout(60, TimeUnit.SECONDS).join();
    }

    boolean isOver() {
        return end.isDone() || failure.isDone();
    }

    List<String> pieces() {
        return events.stream()
                .filter(ModelEvent.Text.class::isInstance)
                .map(event -> ((ModelEvent.Text) event).value())
                .toList();
    }

    String text() {
        return pieces().stream().collect(Collectors.joining());
    }
}
