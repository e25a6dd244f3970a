package dev.threadwell.runworker.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.run.RunError;
import dev.threadwell.wire.Json;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which failures of a provider are retried, and the errors that they become on a run. */
class ModelFailureTest {

    private static final Instant NOW = Instant.parse("2026-08-26T12:00:00Z");

    private static ModelFailure answered(int status, String body, String... headers) {
        MultiMap map = MultiMap.caseInsensitiveMultiMap();
        for (int i = 0; i < headers.length; i += 2) {
            map.add(headers[i], headers[i + 1]);
        }
        return ModelFailure.of(status, map, Buffer.buffer(body), NOW);
    }

    private static ModelFailure reported(String error) throws IOException {
        return ModelFailure.reported(
                ProviderError.in(Json.mapper().readTree(error)),
                MultiMap.caseInsensitiveMultiMap(),
                NOW);
    }

    @Test
    void aRateLimitPasses() {
        ModelFailure failure =
                answered(
                        429,
                        "{\"error\":{\"message\":\"Slow down.\",\"code\":\"rate_limit_exceeded\"}}");

        assertThat(failure.retryable()).isTrue();
        assertThat(failure.error()).isEqualTo(new RunError("rate_limit_exceeded", "Slow down."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"Pay.\",\"type\":\"insufficient_quota\",\"code\":null}}",
                "{\"error\":{\"message\":\"Pay.\",\"type\":\"insufficient_quota\",\"code\":\"429\"}}",
                "{\"error\":{\"message\":\"Pay.\",\"code\":\"insufficient_quota\"}}"
            })
    void anEmptyAccountDoesNotFillItself(String body) {
        ModelFailure failure = answered(429, body);

        assertThat(failure.retryable()).isFalse();
        assertThat(failure.error()).isEqualTo(new RunError("rate_limit_exceeded", "Pay."));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 500, 502, 503, 529})
    void aProviderInTroubleMayRecover(int status) {
        ModelFailure failure = answered(status, "{\"error\":{\"message\":\"secret details\"}}");

        assertThat(failure.retryable()).isTrue();
        assertThat(failure.error()).isEqualTo(RunError.server());
    }

    @Test
    void anEmptyAccountIsExplainedIfTheProviderDoesNot() {
        String text =
                "You exceeded your current quota, please check your plan and billing details. For"
                        + " more information on this error, read the docs:"
                        + " https://platform.openai.com/docs/guides/error-codes/api-errors.";
        assertThat(answered(429, "{\"error\":{\"code\":\"insufficient_quota\"}}").error())
                .isEqualTo(new RunError("rate_limit_exceeded", text));
        assertThat(answered(402, "{\"error\":{\"message\":\"Insufficient Balance\"}}"))
                .returns(false, ModelFailure::retryable)
                .returns(new RunError("rate_limit_exceeded", text), ModelFailure::error);
    }

    @ParameterizedTest
    @CsvSource({
        "400, context_length_exceeded",
        "400, invalid_image_url",
        "400, invalid_image_format",
        "400, content_policy_violation",
        "413, request_too_large",
        "422, unprocessable"
    })
    void whatTheRequestIsToBlameForIsSaidInTheProvidersWords(int status, String code) {
        String body = "{\"error\":{\"message\":\"No, thanks.\",\"code\":\"%s\"}}".formatted(code);

        assertThat(answered(status, body))
                .returns(false, ModelFailure::retryable)
                .returns(new RunError("invalid_prompt", "No, thanks."), ModelFailure::error);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"message\":\"Too long.\",\"code\":\"context_length_exceeded\"}",
                "{\"message\":\"Too long.\",\"type\":\"invalid_request_error\"}",
                "{\"message\":\"Too long.\",\"code\":400}"
            })
    void aBadPromptReportedInTheStreamStaysBad(String error) throws IOException {
        assertThat(reported(error))
                .returns(false, ModelFailure::retryable)
                .returns(new RunError("invalid_prompt", "Too long."), ModelFailure::error);
    }

    @Test
    void aBadPromptStaysBad() {
        ModelFailure failure = answered(400, "{\"error\":{\"message\":\"Too long.\"}}");

        assertThat(failure.retryable()).isFalse();
        assertThat(failure.error()).isEqualTo(new RunError("invalid_prompt", "Too long."));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404})
    void whatAnOperatorHasToMendIsNotTriedAgain(int status) {
        ModelFailure failure = answered(status, "{\"error\":{\"message\":\"Bad key sk-123.\"}}");

        assertThat(failure.retryable()).isFalse();
        assertThat(failure.error().code()).isEqualTo("server_error");
        assertThat(failure.error().message())
                .contains(Integer.toString(status))
                .doesNotContain("sk-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "null", "[]", "{\"error\":{}}", "{\"code\":1}"})
    void aBodyThatIsNoErrorObjectDoesNotMatter(String body) {
        assertThat(answered(429, body))
                .returns(true, ModelFailure::retryable)
                .returns(
                        new RunError("rate_limit_exceeded", "Rate limit reached."),
                        ModelFailure::error);
        assertThat(answered(400, body).error().code()).isEqualTo("server_error");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retry-after    | 3                             | 3000",
                "retry-after    | 0.5                           | 500",
                "Retry-After    | Wed, 26 Aug 2026 12:00:07 GMT | 7000",
                "retry-after-ms | 250                           | 250",
            })
    void aProviderMaySayHowLongToWait(String header, String value, long millis) {
        assertThat(answered(429, "", header, value).retryAfter())
                .hasValue(Duration.ofMillis(millis));
        assertThat(answered(503, "", header, value).retryAfter())
                .hasValue(Duration.ofMillis(millis));
    }

    @Test
    void millisecondsAreMoreExactThanSeconds() {
        assertThat(answered(429, "", "retry-after", "1", "retry-after-ms", "250").retryAfter())
                .hasValue(Duration.ofMillis(250));
    }

    @Test
    void aPauseThatCannotBeReadIsNone() {
        assertThat(answered(429, "", "retry-after", "soon").retryAfter()).isEmpty();
    }

    @Test
    void anErrorInTheStreamIsWorthAnotherAttempt() throws IOException {
        assertThat(reported("{\"message\":\"overloaded\",\"type\":\"server_error\"}"))
                .returns(true, ModelFailure::retryable)
                .returns(RunError.server(), ModelFailure::error);
    }

    @Test
    void aLimitReportedInTheStreamIsALimit() throws IOException {
        assertThat(reported("{\"message\":\"Slow down.\",\"code\":429}"))
                .returns(true, ModelFailure::retryable)
                .returns(new RunError("rate_limit_exceeded", "Slow down."), ModelFailure::error);
        assertThat(reported("{\"message\":\"Pay.\",\"code\":\"insufficient_quota\"}"))
                .returns(false, ModelFailure::retryable);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"Too long.\"}}",
                "{\"error\":{\"message\":\"Too long.\",\"code\":400,\"status\":\"INVALID_ARGUMENT\"}}",
                "[{\"error\":{\"code\":400,\"message\":\"Too long.\",\"status\":\"INVALID_ARGUMENT\"}}]",
                "{\"error\":\"Too long.\"}",
                "{\"detail\":\"Too long.\"}",
                "{\"detail\":{\"message\":\"Too long.\"}}",
                "{\"detail\":{\"error\":{\"message\":\"Too long.\"}}}",
                "{\"object\":\"error\",\"message\":\"Too long.\",\"type\":\"BadRequestError\",\"code\":400}",
                "{\"message\":\"Too long.\"}",
                "{\"error_code\":336003,\"error_msg\":\"Too long.\"}",
                "{\"errors\":[{\"message\":\"Too long.\"}]}",
                "{\"errors\":[\"Too long.\"]}",
                "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"Too long.\"}}",
                "{\"error\":{\"message\":\"{\\\"error\\\":{\\\"message\\\":\\\"Too long.\\\"}}\"}}",
                "{\"base_resp\":{\"status_code\":1004,\"status_msg\":\"Too long.\"}}",
                "\"Too long.\"",
                "Too long."
            })
    void theReasonIsFoundInWhateverFormItComes(String body) {
        assertThat(answered(400, body).error())
                .isEqualTo(new RunError("invalid_prompt", "Too long."));
    }

    @Test
    void aValidatorsListSaysWhereTheFaultIs() {
        assertThat(
                        answered(
                                        422,
                                        """
                                        {"detail":[{"type":"missing","loc":["body","messages",1],"msg":"Field required"},
                                         {"type":"extra_forbidden","loc":["body","x"],"msg":"Not permitted"}]}""")
                                .error())
                .isEqualTo(
                        new RunError(
                                "invalid_prompt",
                                "body.messages.1: Field required; body.x: Not permitted"));
    }

    @Test
    void theCauseBehindAGatewayIsTold() {
        assertThat(
                        answered(
                                        400,
                                        """
                                        {"error":{"message":"Provider returned error","code":400,
                                         "metadata":{"raw":"{\\"error\\":{\\"message\\":\\"Too long.\\"}}"}}}""")
                                .error()
                                .message())
                .isEqualTo("Provider returned error: Too long.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"Slow down.\",\"code\":429}}",
                "{\"error\":{\"message\":\"Slow down.\",\"code\":\"429\"}}",
                "{\"error\":{\"message\":\"Slow down.\",\"status\":429}}",
                "{\"error\":{\"message\":\"Slow down.\",\"status\":\"RESOURCE_EXHAUSTED\"}}",
                "{\"message\":\"Slow down.\",\"type\":\"rate_limit_error\"}",
                "{\"code\":429,\"error\":\"Slow down.\"}",
                "[{\"error\":{\"message\":\"Slow down.\",\"code\":429}}]"
            })
    void aLimitInsideAnAnswerIsALimit(String body) throws IOException {
        RunError limit = new RunError("rate_limit_exceeded", "Slow down.");
        assertThat(reported(body))
                .returns(true, ModelFailure::retryable)
                .returns(limit, ModelFailure::error);
        assertThat(answered(400, body))
                .returns(true, ModelFailure::retryable)
                .returns(limit, ModelFailure::error);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"secret\",\"code\":502}}",
                "{\"error\":{\"message\":\"secret\",\"type\":\"overloaded_error\"}}",
                "{\"error\":{\"message\":\"secret\",\"status\":\"UNAVAILABLE\"}}"
            })
    void troubleInsideAnAnswerMayPass(String body) throws IOException {
        assertThat(reported(body))
                .returns(true, ModelFailure::retryable)
                .returns(RunError.server(), ModelFailure::error);
    }

    @Test
    void anErrorWithoutACodeIsToldAndTriedAgain() throws IOException {
        assertThat(reported("{\"error\":\"The cache is cold.\"}"))
                .returns(true, ModelFailure::retryable)
                .returns(new RunError("server_error", "The cache is cold."), ModelFailure::error);
    }

    @Test
    void aMissingModelIsNamed() {
        assertThat(
                        answered(404, "{\"error\":{\"message\":\"The model 'x' does not exist\"}}")
                                .error())
                .isEqualTo(
                        new RunError(
                                "server_error",
                                "The model's provider answered with status 404: The model 'x' does not exist"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-proj-abc123def456",
                "sk-***...abcd",
                "gsk_abcdefgh12345678",
                "AIzaSyA1234567890abcdefg",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc",
                "0123456789abcdef0123456789abcdef",
                "Bearer abcdefgh",
                "api_key=hunter2hunter2"
            })
    void noKeyReachesAClient(String key) {
        String message =
                answered(400, "{\"error\":{\"message\":\"No: %s!\"}}".formatted(key))
                        .error()
                        .message();

        assertThat(message).contains("No: ").contains("[redacted]").doesNotContain(key);
    }

    @Test
    void theOwnKeyReachesNoClientWhateverItLooksLike() {
        ModelFailure failure = answered(400, "{\"error\":{\"message\":\"Key plain is bad.\"}}");

        assertThat(failure.without("plain").error().message()).isEqualTo("Key [redacted] is bad.");
    }

    @Test
    void aReasonIsOneLineWithAnEnd() {
        String message =
                answered(
                                400,
                                "{\"error\":{\"message\":\"a\\u0000\\n\\u001b[31mb %s\"}}"
                                        .formatted("🌊".repeat(2_000)))
                        .error()
                        .message();

        assertThat(message).startsWith("a [31mb 🌊").endsWith("🌊…");
        assertThat(message.codePointCount(0, message.length())).isEqualTo(1_000);
    }
}
