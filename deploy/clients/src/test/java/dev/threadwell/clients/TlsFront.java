package dev.threadwell.clients;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Speaks TLS in front of a server that does not, for a client that gives its key to nobody else. It
 * passes bytes on as they come and knows nothing of HTTP.
 */
final class TlsFront implements AutoCloseable {

    private static final String PASSWORD = "of-a-test";

    private final URI plain;
    private final Path keys;
    private final ServerSocket listening;

    private TlsFront(URI plain, Path keys, ServerSocket listening) {
        this.plain = plain;
        this.keys = keys;
        this.listening = listening;
    }

    static TlsFront before(Target target) {
        try {
            Path keys = Files.createTempDirectory("threadwell-tls-").resolve("keys.p12");
            makeKeys(keys);
            var loopback = InetAddress.getLoopbackAddress();
            var listening =
                    context(keys).getServerSocketFactory().createServerSocket(0, 50, loopback);
            var front = new TlsFront(URI.create(target.baseUrl()), keys, listening);
            Thread.ofVirtual().start(front::accept);
            return front;
        } catch (IOException | GeneralSecurityException failure) {
            throw new AssertionError("cannot speak TLS", failure);
        }
    }

    private static void makeKeys(Path keys) {
        Command.of(Path.of(System.getProperty("java.home"), "bin", "keytool"), "-genkeypair")
                .with("-alias", "localhost", "-keyalg", "EC", "-dname", "CN=localhost")
                .with("-ext", "san=dns:localhost,ip:127.0.0.1", "-validity", "2")
                .with("-storetype", "PKCS12", "-keystore", keys, "-storepass", PASSWORD)
                .run("a JDK has keytool")
                .orFail("There is no certificate.");
    }

    private static SSLContext context(Path keys) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    String endpoint() {
        return "https://localhost:" + listening.getLocalPort();
    }

    /** The options of a JVM whose clients trust this front. */
    String[] trusted() {
        return new String[] {
            "-Djavax.net.ssl.trustStore=" + keys, "-Djavax.net.ssl.trustStorePassword=" + PASSWORD
        };
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException failure) {
                if (!listening.isClosed()) {
                    throw new UncheckedIOException("cannot accept a connection", failure);
                }
            }
        }
    }

    private void connect(Socket client) {
        try (client;
                var server = new Socket(plain.getHost(), plain.getPort())) {
            server.setTcpNoDelay(true);
            Thread back = Thread.ofVirtual().start(() -> pass(server, client));
            pass(client, server);
            back.join();
        } catch (IOException closed) {
            // A client or a server that leaves is told to the other side by the end of its socket.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until one side ends; then both are closed, as the other direction serves nobody. */
    private static void pass(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException closed) {
            // See connect.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        Files.delete(keys);
        Files.delete(keys.getParent());
    }
}
