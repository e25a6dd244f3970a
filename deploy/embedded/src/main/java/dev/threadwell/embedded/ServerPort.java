package dev.threadwell.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Chooses servers' ports and remembers them in their directories across restarts. */
public final class ServerPort {

    // Below the ephemeral port range, so that while a server restarts its port is not given to an
    // outgoing connection, such as that of a client that tries to reconnect.
    private static final int LOWEST = 15_000;
    private static final int BEYOND = 32_000;

    // The ports chosen in this JVM. A server takes seconds until it listens, and until then its
    // port would look free.
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private ServerPort() {}

    /**
     * Returns the port to listen on: the wanted one or, for 0, that of the last start if it is
     * free, or else any free port.
     */
    public static int choose(Path directory, int wanted, String what) throws IOException {
        Files.createDirectories(directory);
        Path record = directory.resolve("port");
        int port = wanted == 0 ? recordedOrFree(record) : wanted;
        if (!isFree(port)) {
            throw new CannotStart("Port %d, wanted for %s, is in use.".formatted(port, what));
        }
        GIVEN.add(port);
        Files.writeString(record, port + "\n");
        return port;
    }

    /** Returns a port on which nothing listens and which was not chosen before in this JVM. */
    public static int free() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int tries = 0; tries < 1_000; tries++) {
            int port = random.nextInt(LOWEST, BEYOND);
            if (!GIVEN.contains(port) && isFree(port) && GIVEN.add(port)) {
                return port;
            }
        }
        throw new CannotStart("No free port between %d and %d.".formatted(LOWEST, BEYOND));
    }

    /** Whether a server could listen on this port of the loopback address. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
            return true;
        } catch (BindException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int recordedOrFree(Path record) throws IOException {
        if (Files.exists(record)) {
            String text = Files.readString(record).strip();
            if (text.matches("[1-9][0-9]{0,4}") && isFree(Integer.parseInt(text))) {
                return Integer.parseInt(text);
            }
        }
        return free();
    }
}
