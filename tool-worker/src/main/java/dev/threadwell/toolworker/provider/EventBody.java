package dev.threadwell.toolworker.provider;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/**
 * Reads a response of server-sent events: passes the data of each on as soon as it is there, and
 * keeps that of the last one.
 */
final class EventBody implements Flow.Subscriber<String> {

    private static final String DATA = "data:";
    private static final String DONE = "[DONE]";

    private final Consumer<String> events;
    private final StringBuilder data = new StringBuilder();
    private String last = "";

    private EventBody(Consumer<String> events) {
        this.events = events;
    }

    /**
     * The body of a response: the data of its last event if it succeeds and is a stream of events,
     * or else its bytes.
     *
     * @param events receives the data of each event
     * @param maxBytes the limit of all bytes together
     */
    static HttpResponse.BodyHandler<byte[]> handler(Consumer<String> events, int maxBytes) {
        return BodyHandlers.limiting(
                response ->
                        isStream(response)
                                ? BodySubscribers.fromLineSubscriber(
                                        new EventBody(events),
                                        body -> body.last.getBytes(StandardCharsets.UTF_8),
                                        StandardCharsets.UTF_8,
                                        null)
                                : BodySubscribers.ofByteArray(),
                maxBytes);
    }

    private static boolean isStream(HttpResponse.ResponseInfo response) {
        return response.statusCode() < 300
                && response.headers()
                        .firstValue("content-type")
                        .orElse("")
                        .toLowerCase(Locale.ROOT)
                        .startsWith("text/event-stream");
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        if (line.startsWith(DATA)) {
            if (!data.isEmpty()) {
                data.append('\n');
            }
            data.append(
                    line, line.startsWith(" ", DATA.length()) ? 6 : DATA.length(), line.length());
        } else if (line.isEmpty()) {
            end();
        }
    }

    private void end() {
        if (!data.isEmpty() && !DONE.contentEquals(data)) {
            last = data.toString();
            events.accept(last);
        }
        data.setLength(0);
    }

    @Override
    public void onError(Throwable failure) {
        // The future of the response has it.
        data.setLength(0);
    }

    @Override
    public void onComplete() {
        end();
    }
}
