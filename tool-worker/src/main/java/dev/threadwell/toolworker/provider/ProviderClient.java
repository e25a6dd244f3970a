package dev.threadwell.toolworker.provider;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Posts requests to a provider that the operator has configured. Retries with back-off, or after
 * the time that the provider asks for, while it is overloaded, has a fault or cannot be reached.
 */
public final class ProviderClient {

    private static final int ATTEMPTS = 4;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int FAULT = 500;
    private static final Duration TO_CONNECT = Duration.ofSeconds(10);

    /** One client for all providers; it keeps connections of each. */
    private static final HttpClient HTTP =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(TO_CONNECT)
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .build();

    private final ProviderTarget target;
    private final InstantSource clock;
    private final Duration firstPause;
    private final Duration longestPause;

    /** Creates a client of one provider. */
    public ProviderClient(ProviderTarget target, InstantSource clock) {
        this(target, clock, Duration.ofMillis(500), Duration.ofSeconds(20));
    }

    ProviderClient(
            ProviderTarget target,
            InstantSource clock,
            Duration firstPause,
            Duration longestPause) {
        this.target = target;
        this.clock = clock;
        this.firstPause = firstPause;
        this.longestPause = longestPause;
    }

    /**
     * Posts a request. Fails with a {@link ProviderException} if there is no response; a response
     * that refuses is an item. Cancelling the Uni aborts the request.
     *
     * @param until no attempt begins after this time
     */
    public Uni<ProviderAnswer> post(ProviderRequest request, Instant until) {
        return post(request, until, _ -> {});
    }

    /**
     * The same for a request that may be answered with a stream of events, whose last one becomes
     * the body of the answer.
     *
     * @param events receives the data of each event, and must not fail; a stream that breaks may be
     *     asked for again from its beginning
     */
    public Uni<ProviderAnswer> post(
            ProviderRequest request, Instant until, Consumer<String> events) {
        return attempt(new Asked(request, until, events), 1);
    }

    private record Asked(ProviderRequest request, Instant until, Consumer<String> events) {}

    private Uni<ProviderAnswer> attempt(Asked asked, int attempt) {
        return once(asked)
                .onItemOrFailure()
                .transformToUni((result, failure) -> next(asked, attempt, result, failure));
    }

    /** Sends once. The timer also covers the body, which the timeout of a request does not. */
    private Uni<Attempt> once(Asked asked) {
        ProviderRequest request = asked.request();
        HttpRequest.Builder post =
                HttpRequest.newBuilder(target.endpoint(request.path()))
                        .timeout(request.timeout())
                        .header("content-type", request.contentType())
                        .header("accept", "*/*")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(request.body()));
        if (target.key() != null) {
            post.header("authorization", "Bearer " + target.key());
        }
        return Uni.createFrom()
                .<HttpResponse<byte[]>>emitter(
                        emitter -> {
                            CompletableFuture<HttpResponse<byte[]>> sent =
                                    HTTP.sendAsync(
                                            post.build(),
                                            EventBody.handler(asked.events(), request.maxBytes()));
                            emitter.onTermination(() -> sent.cancel(true));
                            var _ =
                                    sent.whenComplete(
                                            (response, failure) -> {
                                                if (failure == null) {
                                                    emitter.complete(response);
                                                } else {
                                                    emitter.fail(failure);
                                                }
                                            });
                        })
                .ifNoItem()
                .after(request.timeout())
                .fail()
                .map(this::attempt);
    }

    /** A response, with the pause that the provider asks for before the next attempt. */
    private record Attempt(ProviderAnswer answer, @Nullable Duration pause) {

        boolean passes() {
            return answer.status() == TOO_MANY_REQUESTS || answer.status() >= FAULT;
        }
    }

    private Attempt attempt(HttpResponse<byte[]> response) {
        String asked = response.headers().firstValue("retry-after").orElse("");
        byte[] body = response.body();
        int status = response.statusCode();
        return new Attempt(
                new ProviderAnswer(
                        status,
                        response.headers().firstValue("content-type").orElse(""),
                        status < 300 ? body : redacted(body)),
                asked.matches("[0-9]{1,6}") ? Duration.ofSeconds(Long.parseLong(asked)) : null);
    }

    private byte[] redacted(byte[] body) {
        return target.redacted(new String(body, StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
    }

    private Uni<ProviderAnswer> next(
            Asked asked, int attempt, @Nullable Attempt result, @Nullable Throwable failure) {
        Duration pause = pause(attempt, result);
        boolean again =
                attempt < ATTEMPTS
                        && (result == null ? mayPass(failure) : result.passes())
                        && clock.instant().plus(pause).isBefore(asked.until());
        if (again) {
            return Uni.createFrom()
                    .voidItem()
                    .onItem()
                    .delayIt()
                    .by(pause)
                    .chain(() -> attempt(asked, attempt + 1));
        }
        return result == null
                ? Uni.createFrom().failure(new ProviderException(why(failure, asked.request())))
                : Uni.createFrom().item(result.answer());
    }

    private Duration pause(int attempt, @Nullable Attempt result) {
        Duration asked = result == null ? null : result.pause();
        Duration pause = asked == null ? firstPause.multipliedBy(1L << (attempt - 1)) : asked;
        return pause.compareTo(longestPause) > 0 ? longestPause : pause;
    }

    /** Whether another attempt may succeed; a provider that was slow once would be so again. */
    private static boolean mayPass(@Nullable Throwable failure) {
        return cause(failure) instanceof IOException broken
                && !isTooLarge(broken)
                && (broken instanceof HttpConnectTimeoutException
                        || !(broken instanceof HttpTimeoutException));
    }

    private static String why(@Nullable Throwable failure, ProviderRequest request) {
        return switch (cause(failure)) {
            case ConnectException _, HttpConnectTimeoutException _ -> "it cannot be reached";
            case HttpTimeoutException _, TimeoutException _ -> "it did not answer in time";
            case IOException broken when isTooLarge(broken) ->
                    "its answer is larger than %d bytes".formatted(request.maxBytes());
            case null, default -> "the connection broke";
        };
    }

    /** Whether the limit of the body was exceeded, which the JDK reports by its message only. */
    private static boolean isTooLarge(IOException failure) {
        return String.valueOf(failure.getMessage()).contains("body exceeds capacity");
    }

    private static @Nullable Throwable cause(@Nullable Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
    }
}
