package dev.threadwell.toolworker.codeinterpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.threadwell.toolworker.HeldPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What runs in a pod until its worker has come. */
@Tag("server")
class PodProgramTest {

    private static final Duration SOON = Duration.ofMinutes(2);

    private final HeldPort port = new HeldPort();
    private final Process pod = started();

    private Process started() {
        try {
            return new ProcessBuilder(
                            List.of(
                                    "/usr/bin/python3",
                                    "-I",
                                    Path.of("../k8s/code-interpreter/pod.py").toString(),
                                    String.valueOf(port.number())))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void end() {
        pod.destroyForcibly();
        port.close();
    }

    private Socket connected() {
        return await().atMost(SOON)
                .ignoreException(ConnectException.class)
                .until(() -> new Socket("127.0.0.1", port.number()), socket -> true);
    }

    private static void send(Socket to, String program, String more) throws IOException {
        byte[] source = program.getBytes(StandardCharsets.UTF_8);
        to.getOutputStream().write(ByteBuffer.allocate(4).putInt(source.length).array());
        to.getOutputStream().write(source);
        to.getOutputStream().write(more.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void thePodBecomesTheProgramThatItIsSentAndEndsWithIt() throws Exception {
        try (Socket socket = connected()) {
            send(
                    socket,
                    "import sys\nprint(sys.stdin.readline().upper(), end='', flush=True)\n",
                    "hello\n");

            var answers =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(answers.readLine()).isEqualTo("HELLO");
            assertThat(answers.readLine()).isNull();
            assertThat(pod.waitFor(SOON)).isTrue();
        }
    }

    @Test
    void nobodyElseIsTaken() throws Exception {
        try (Socket socket = connected()) {
            send(socket, "import sys\nprint('mine', flush=True)\nsys.stdin.read()\n", "");
            assertThat(socket.getInputStream().readNBytes(4)).isEqualTo("mine".getBytes("UTF-8"));

            assertThatThrownBy(() -> new Socket("127.0.0.1", port.number()).close())
                    .isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void aPodEndsWhenItsWorkerGoesBeforeTheProgramCame() throws Exception {
        connected().close();

        assertThat(pod.waitFor(SOON)).isTrue();
        assertThat(pod.exitValue()).isNotZero();
    }
}
