package dev.threadwell.toolworker.extractor;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads documents from its input and answers each on its output. A request is the extension, the
 * length and the bytes; an answer is whether there is a text, its length and it, in UTF-8, or why
 * there is none.
 */
public final class Extractor {

    private Extractor() {}

    /** Works until there is no more input. */
    public static void main(String[] arguments) throws IOException {
        DataInputStream requests = new DataInputStream(new BufferedInputStream(System.in));
        DataOutputStream answers = new DataOutputStream(new BufferedOutputStream(System.out));
        // What libraries print would be taken for an answer, or fill a pipe that nobody reads.
        PrintStream nowhere =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        System.setOut(nowhere);
        System.setErr(nowhere);
        ZipLimits.set();
        for (int first = requests.read(); first >= 0; first = requests.read()) {
            byte[] extension = requests.readNBytes(first);
            byte[] document = requests.readNBytes(requests.readInt());
            answer(answers, new String(extension, StandardCharsets.UTF_8), document);
        }
    }

    private static void answer(DataOutputStream answers, String extension, byte[] document)
            throws IOException {
        boolean readable = true;
        String said;
        try {
            said = Documents.text(extension, document);
        } catch (Exception | StackOverflowError e) {
            readable = false;
            said = e instanceof TooMuchText ? "its text is too long" : problem(e);
        }
        byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
        answers.writeBoolean(readable);
        answers.writeInt(bytes.length);
        answers.write(bytes);
        answers.flush();
    }

    private static String problem(Throwable e) {
        return e instanceof Documents.Encrypted ? "it is encrypted" : "it is damaged";
    }
}
