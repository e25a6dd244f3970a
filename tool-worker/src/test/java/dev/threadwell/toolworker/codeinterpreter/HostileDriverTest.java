package dev.threadwell.toolworker.codeinterpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadwell.toolworker.codeinterpreter.CodeSandbox.Output;
import dev.threadwell.toolworker.codeinterpreter.CodeSandbox.SandboxFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies that the driver never gives of itself, because code has taken its place. */
class HostileDriverTest {

    private static final CodeLimits LIMITS =
            new CodeLimits(1_000, 2, 4_096, 1 << 20, Duration.ofMinutes(1));

    private final FakeConnection connection = new FakeConnection();

    private static final class FakeConnection implements DriverSession.Connection {

        private boolean alive = true;

        @Override
        public boolean isAlive() {
            return alive;
        }

        @Override
        public void kill() {
            alive = false;
        }

        @Override
        public String obituary() {
            return "It ended.";
        }
    }

    private DriverSession answering(byte[] bytes) {
        return new DriverSession(
                new ByteArrayInputStream(bytes),
                OutputStream.nullOutputStream(),
                LIMITS,
                connection);
    }

    private DriverSession answering(String reply, byte... attached) {
        byte[] text = reply.getBytes(StandardCharsets.UTF_8);
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ByteBuffer.allocate(4).putInt(text.length).array());
        bytes.writeBytes(text);
        bytes.writeBytes(attached);
        return answering(bytes.toByteArray());
    }

    private void endsWhenAsked(DriverSession session) {
        assertThatThrownBy(() -> session.execute("1", Duration.ofSeconds(5)))
                .isInstanceOf(CodeSandbox.Ended.class);
        assertThat(session.isAlive()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x7fffffff, -1, 0, 1, 100_000_000})
    void aLengthThatNoReplyHasEndsTheSession(int length) {
        endsWhenAsked(answering(ByteBuffer.allocate(8).putInt(length).array()));
    }

    @Test
    void aReplyThatBreaksOffEndsTheSession() {
        endsWhenAsked(answering(ByteBuffer.allocate(8).putInt(100).array()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "null",
                "{",
                "\"outputs\"",
                "{}",
                "{\"outputs\":{}}",
                "{\"outputs\":[1]}",
                "{\"outputs\":[{\"type\":\"html\"}]}",
                "{\"outputs\":[{\"type\":\"logs\"}]}",
                "{\"outputs\":[{\"type\":\"logs\",\"logs\":7}]}",
                "{\"outputs\":[{\"type\":\"image\",\"size\":-1}]}",
                "{\"outputs\":[{\"type\":\"image\",\"size\":1e9}]}",
                "{\"outputs\":[{\"type\":\"image\",\"size\":99999999999999999999}]}",
                "{\"outputs\":[{\"type\":\"image\",\"size\":4097}]}",
                "{\"outputs\":[{\"type\":\"image\",\"size\":3}]}",
                "{\"error\":{}}"
            })
    void aReplyOfAnotherShapeEndsTheSession(String reply) {
        endsWhenAsked(answering(reply, (byte) 1, (byte) 2, (byte) 3));
    }

    @Test
    void moreOutputsThanThereCanBeEndTheSession() {
        String one = "{\"type\":\"logs\",\"logs\":\"x\"},";

        endsWhenAsked(answering("{\"outputs\":[" + one.repeat(100) + "{}]}"));
    }

    @Test
    void longerLogsThanThereCanBeEndTheSession() {
        String text = "x".repeat(100_000);

        endsWhenAsked(answering("{\"outputs\":[{\"type\":\"logs\",\"logs\":\"" + text + "\"}]}"));
    }

    @Test
    void deepNestingEndsTheSession() {
        endsWhenAsked(answering("{\"outputs\":" + "[".repeat(100_000)));
    }

    @Test
    void charactersThatADatabaseRefusesAreReplaced() throws IOException {
        DriverSession session =
                answering("{\"outputs\":[{\"type\":\"logs\",\"logs\":\"a\\u0000b\\ud800c\"}]}");

        assertThat(session.execute("1", Duration.ofSeconds(5)))
                .containsExactly(new Output.Logs("a\uFFFDb\uFFFDc"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc/shadow",
                "/etc/shadow",
                "a/../../b",
                "a//b",
                "",
                ".",
                "a\\nb",
                "a\\u0000"
            })
    void aFileWhoseNameLeadsElsewhereIsNotShown(String name) throws IOException {
        DriverSession session =
                answering(
                        "{\"files\":[{\"name\":\""
                                + name
                                + "\",\"size\":1,\"changed\":1},"
                                + "{\"name\":\"fine\",\"size\":1,\"changed\":1}]}");

        assertThat(session.list()).extracting(SandboxFile::name).containsExactly("fine");
    }

    @Test
    void aFileLargerThanWasAskedForEndsTheSession() {
        DriverSession session = answering("{\"size\":1001}");

        assertThatThrownBy(() -> session.get("x", 1_000, (bytes, _) -> bytes.readAllBytes()))
                .isInstanceOf(CodeSandbox.Ended.class);
        assertThat(session.isAlive()).isFalse();
    }

    @Test
    void aFileThatBreaksOffEndsTheSession() {
        DriverSession session = answering("{\"size\":10}", (byte) 1);

        assertThatThrownBy(() -> session.get("x", 1_000, (bytes, _) -> bytes.readAllBytes()))
                .isInstanceOf(CodeSandbox.Ended.class);
        assertThat(session.isAlive()).isFalse();
    }

    @Test
    void aWordOfRefusalIsShort() {
        DriverSession session = answering("{\"error\":\"" + "x".repeat(10_000) + "\"}");

        assertThatThrownBy(session::list).isInstanceOf(CodeSandbox.Ended.class);
    }
}
