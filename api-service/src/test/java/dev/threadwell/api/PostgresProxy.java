package dev.threadwell.api;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between the application and PostgreSQL, and can stop forwarding, or be gone. */
public final class PostgresProxy implements QuarkusTestResourceLifecycleManager {

    private static final String URL = "quarkus.datasource.reactive.url";

    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private ServerSocket server;
    private String before;
    private URI target;
    private boolean hangs;
    private volatile boolean gone;

    @Override
    public Map<String, String> start() {
        try {
            before = System.getProperty(URL);
            target = URI.create(before);
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
        // Where the servers are is said by system properties, which nothing else overrides.
        System.setProperty(
                URL,
                "postgresql://127.0.0.1:%d%s".formatted(server.getLocalPort(), target.getPath()));
        return Map.of("threadwell.http.request-timeout", "3S");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(PostgresProxy.class));
    }

    /** From now on nothing goes through, and nobody is told. */
    synchronized void hang() {
        hangs = true;
    }

    /** Every connection is cut, and no new one comes about. */
    void vanish() {
        gone = true;
        sockets.forEach(PostgresProxy::close);
        sockets.clear();
    }

    /** All goes through again, also what has waited. */
    synchronized void recover() {
        hangs = false;
        gone = false;
        notifyAll();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                if (gone) {
                    client.close();
                    continue;
                }
                Socket database = new Socket(target.getHost(), target.getPort());
                sockets.addAll(List.of(client, database));
                Thread.ofVirtual().start(() -> forward(client, database));
                Thread.ofVirtual().start(() -> forward(database, client));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void forward(Socket from, Socket to) {
        byte[] bytes = new byte[64 * 1024];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                awaitPassage();
                out.write(bytes, 0, n);
            }
        } catch (IOException | InterruptedException cut) {
            close(from);
            close(to);
        }
    }

    private synchronized void awaitPassage() throws InterruptedException {
        while (hangs) {
            wait();
        }
    }

    @Override
    public void stop() {
        System.setProperty(URL, before);
        vanish();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
