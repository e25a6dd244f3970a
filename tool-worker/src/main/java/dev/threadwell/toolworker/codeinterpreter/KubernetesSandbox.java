package dev.threadwell.toolworker.codeinterpreter;

import dev.threadwell.toolworker.codeinterpreter.PodClaims.Pod;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Runs each session in its own pod, isolated by the cluster (gVisor, no network but this
 * connection). A pod accepts one connection, receives the driver over it, and ends when it is
 * closed, so that the pods of a dead worker disappear by themselves.
 */
final class KubernetesSandbox implements CodeSandbox {

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);

    private final PodClaims claims;
    private final PodConfig config;
    private final CodeLimits limits;
    private final Driver driver;

    KubernetesSandbox(PodClaims claims, PodConfig config, CodeLimits limits, Driver driver) {
        this.claims = claims;
        this.config = config;
        this.limits = limits;
        this.driver = driver;
    }

    /**
     * Always available: a cluster that has no capacity now may have some later, so one failure
     * proves nothing.
     */
    @Override
    public @Nullable String unavailable() {
        return null;
    }

    @Override
    public Session open() throws IOException {
        Pod pod = claims.claim();
        try {
            return open(pod, connected(pod));
        } catch (IOException | RuntimeException e) {
            claims.release(pod.claim());
            throw e;
        }
    }

    private Session open(Pod pod, Socket socket) throws IOException {
        OutputStream requests = new BufferedOutputStream(socket.getOutputStream());
        DriverSession session =
                new DriverSession(
                        new BufferedInputStream(socket.getInputStream()),
                        requests,
                        limits,
                        new PodConnection(pod, socket));
        byte[] source = driver.source().getBytes(StandardCharsets.UTF_8);
        requests.write(ByteBuffer.allocate(4).putInt(source.length).array());
        requests.write(source);
        session.prepare(Driver.MODULES, config.startWithin());
        return session;
    }

    /** Retries, because a pod can become ready a moment before its program listens. */
    private Socket connected(Pod pod) throws IOException {
        long deadline = System.nanoTime() + config.startWithin().toNanos();
        while (true) {
            Socket socket = new Socket();
            try {
                socket.setTcpNoDelay(true);
                socket.setKeepAlive(true);
                long left = Math.max(1, (deadline - System.nanoTime()) / 1_000_000);
                socket.connect(
                        new InetSocketAddress(pod.address(), config.port()),
                        (int) Math.min(left, Integer.MAX_VALUE));
                return socket;
            } catch (IOException e) {
                socket.close();
                if (System.nanoTime() + BETWEEN_TRIES.toNanos() > deadline) {
                    throw e;
                }
            }
            pause();
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(BETWEEN_TRIES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The only connection of a pod; closing it releases the pod. */
    private final class PodConnection implements DriverSession.Connection {

        private final Pod pod;
        private final Socket socket;
        private final AtomicBoolean released = new AtomicBoolean();

        PodConnection(Pod pod, Socket socket) {
            this.pod = pod;
            this.socket = socket;
        }

        @Override
        public boolean isAlive() {
            return !socket.isClosed();
        }

        @Override
        public void kill() {
            try {
                socket.close();
            } catch (IOException e) {
                // Nothing is left to close.
            }
            if (released.compareAndSet(false, true)) {
                // In the background, so that ending a session does not wait for the cluster.
                Thread.ofVirtual().start(() -> claims.release(pod.claim()));
            }
        }

        @Override
        public String obituary() {
            return "The interpreter ended: its process exited, or used more memory than it may.";
        }
    }
}
