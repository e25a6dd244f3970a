package dev.threadwell.toolworker.codeinterpreter;

import dev.threadwell.toolworker.HeldPort;
import dev.threadwell.toolworker.sandbox.Sandbox;
import dev.threadwell.toolworker.sandbox.SandboxForTests;
import dev.threadwell.toolworker.sandbox.SandboxLimits;
import dev.threadwell.toolworker.sandbox.SandboxProcess;
import dev.threadwell.toolworker.sandbox.SandboxedProgram;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A pod's program in a sandbox of this machine, which has no network: its one connection is handed
 * to it as its console, as the program itself does in a pod.
 */
final class PodForTests implements AutoCloseable {

    private static final HeldPort HELD = new HeldPort();

    /** Every pod listens at the same one, at an address of its own. */
    static final int PORT = HELD.number();

    private static final Path PROGRAM = Path.of("../k8s/code-interpreter/pod.py");
    private static final long MIB = 1 << 20;
    private static final SandboxLimits LIMITS =
            new SandboxLimits(
                    1024 * MIB,
                    1024 * MIB,
                    64,
                    Duration.ofMinutes(10),
                    Duration.ofHours(1),
                    SandboxLimits.UNLIMITED,
                    16 * MIB,
                    1_000);

    private static final AtomicInteger ADDRESSES = new AtomicInteger();
    private static final Sandbox SANDBOX = SandboxForTests.sandbox();

    private final ServerSocket server;
    private final SandboxProcess program;

    private PodForTests(ServerSocket server, SandboxProcess program) {
        this.server = server;
        this.program = program;
    }

    static PodForTests listening() {
        try {
            int n = ADDRESSES.incrementAndGet();
            InetAddress own = InetAddress.getByAddress(new byte[] {127, 1, 0, (byte) n});
            ServerSocket server = new ServerSocket(PORT, 1, own);
            SandboxProcess program =
                    SANDBOX.start(
                            new SandboxedProgram(
                                    List.of(
                                            "/usr/bin/python3",
                                            "-I",
                                            "-c",
                                            Files.readString(PROGRAM),
                                            "0"),
                                    Map.of(
                                            "HOME", "/tmp",
                                            "LANG", "C.UTF-8",
                                            "MPLBACKEND", "agg",
                                            "MPLCONFIGDIR", "/tmp/.matplotlib",
                                            "OPENBLAS_NUM_THREADS", "1"),
                                    Map.of(),
                                    LIMITS));
            PodForTests pod = new PodForTests(server, program);
            Thread.startVirtualThread(pod::serve);
            return pod;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address() {
        return server.getInetAddress().getHostAddress();
    }

    private void serve() {
        try (Socket taken = server.accept()) {
            server.close();
            Thread.startVirtualThread(() -> pump(taken, program));
            copy(program.output(), taken.getOutputStream());
        } catch (IOException e) {
            // The pod is gone.
        } finally {
            program.kill();
        }
    }

    private static void pump(Socket from, SandboxProcess to) {
        try {
            copy(from.getInputStream(), to.input());
            to.input().close();
        } catch (IOException e) {
            to.kill();
        }
    }

    private static void copy(InputStream from, OutputStream to) throws IOException {
        byte[] piece = new byte[8192];
        int count;
        while ((count = from.read(piece)) >= 0) {
            to.write(piece, 0, count);
            to.flush();
        }
    }

    @Override
    public void close() {
        program.kill();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
