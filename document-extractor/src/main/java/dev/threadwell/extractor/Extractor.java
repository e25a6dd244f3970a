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
 * Reads documents from its input and answers each on its output. A request is the extension, the
 * length and the bytes; an answer is an {@link Answer}, the length of a text and the text, in
 * UTF-8.
 */
public final class Extractor {

    private static final int LONGEST_STACK_TRACE = 4_000;

    private Extractor() {}

    /** Works until there is no more input. */
    public static void main(String[] arguments) throws IOException {
        DataInputStream requests = new DataInputStream(new BufferedInputStream(System.in));
        DataOutputStream answers = new DataOutputStream(new BufferedOutputStream(System.out));
        PrintStream errors = System.err;
        Thread.setDefaultUncaughtExceptionHandler((_, e) -> e.printStackTrace(errors));
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
        Answer answer = Answer.TEXT;
        String said;
        try {
            said = Documents.text(extension, document);
        } catch (Exception | Error e) {
            answer = isBroken(e) ? Answer.BROKEN : Answer.UNREADABLE;
            said = answer == Answer.BROKEN ? stackTrace(e) : problem(e);
        }
        byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
        answers.writeByte(answer.ordinal());
        answers.writeInt(bytes.length);
        answers.write(bytes);
        answers.flush();
    }

    /**
     * Whether the extractor is broken: a class that is missing, a service that cannot be loaded. No
     * document causes such errors, which may be wrapped; what a document can do is to be nested too
     * deeply, or to be too large.
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

    /** Without the messages of exceptions, which may quote the document. */
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
