package dev.threadwell.extractor;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The extractor process: reads documents from standard input and writes each result to standard
 * output. A request is the extension, the length and the bytes; a response is an {@link
 * ExtractorReply}, the length of a text and the text in UTF-8.
 */
public final class Extractor {

    private static final int LONGEST_STACK_TRACE = 4_000;

    private Extractor() {}

    /** Serves requests until the input ends. */
    public static void main(String[] arguments) throws IOException {
        DataInputStream requests = new DataInputStream(new BufferedInputStream(System.in));
        DataOutputStream answers = new DataOutputStream(new BufferedOutputStream(System.out));
        PrintStream errors = System.err;
        Thread.setDefaultUncaughtExceptionHandler((_, e) -> e.printStackTrace(errors));
        // Output of libraries would be mistaken for a response, or block on a pipe that nobody
        // reads.
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
        ExtractorReply answer = ExtractorReply.TEXT;
        String said;
        try {
            said = DocumentText.text(extension, document);
        } catch (Exception | Error e) {
            answer = isBroken(e) ? ExtractorReply.BROKEN : ExtractorReply.UNREADABLE;
            said = answer == ExtractorReply.BROKEN ? stackTrace(e) : problem(e);
        }
        byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
        answers.writeByte(answer.ordinal());
        answers.writeInt(bytes.length);
        answers.write(bytes);
        answers.flush();
    }

    /**
     * Whether the extractor itself is broken, for example by a missing class or a service that
     * cannot be loaded. No document causes such errors, which may be wrapped. A document can only
     * cause a stack overflow, by deep nesting, or an out-of-memory error, by its size.
     */
    private static boolean isBroken(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof Error
                    && !(cause instanceof StackOverflowError
                            || cause instanceof OutOfMemoryError)) {
                return true;
            }
        }
        return false;
    }

    /** Omits the messages of exceptions, which may quote the document. */
    private static String stackTrace(Throwable e) {
        StringBuilder trace = new StringBuilder();
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            trace.append(cause instanceof Error ? cause.toString() : cause.getClass().getName());
            for (StackTraceElement step : cause.getStackTrace()) {
                trace.append("\n\tat ").append(step);
            }
            trace.append('\n');
        }
        return trace.substring(0, Math.min(trace.length(), LONGEST_STACK_TRACE));
    }

    private static String problem(Throwable e) {
        return e instanceof Unreadable known ? known.reason() : "it is damaged";
    }
}
