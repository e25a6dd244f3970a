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

/** Chooses the ports of servers, and remembers them in their directories across restarts. */
public final class ServerPort {

    // Below the range from which systems take the ports of outgoing connections: while a server is
    // being restarted nobody else, and no client that tries to reconnect, is given its port.
    private static final int LOWEST = 15_000;
    private static final int BEYOND = 32_000;

    // It takes seconds until a server listens on the port it was given, and until then the port
    // looks free to the next one.
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private ServerPort() {}

    /**
     * The port to listen on: the wanted one, or for 0 the one of the last time where it is still
     * free, or else any free one.
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

    /** A port that nobody listens on, and that nobody else in this JVM was given. */
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
