package dev.threadwell.simulator;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The chunks of an HTTP response body as they were framed on the wire. */
record HttpChunks(List<byte[]> parts) {
    static HttpChunks read(InputStream stream) throws IOException {
        var in = new DataInputStream(new BufferedInputStream(stream));
        while (!line(in).isEmpty()) {}
        var parts = new ArrayList<byte[]>();
        for (int size = size(in); size > 0; size = size(in)) {
            parts.add(in.readNBytes(size));
            line(in);
        }
        return new HttpChunks(parts);
    }

    List<String> texts() {
        return parts.stream().map(p -> new String(p, StandardCharsets.UTF_8)).toList();
    }

    String whole() {
        var all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toString(StandardCharsets.UTF_8);
    }

    private static int size(DataInputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    private static String line(DataInputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("The response ended in its head or between chunks.");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
