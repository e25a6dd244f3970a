package dev.threadwell.persistence.database;

import io.netty.buffer.ByteBuf;

/**
 * Counts the answers that PostgreSQL still owes on one connection, by the messages of the protocol
 * that pass in both directions.
 *
 * <p>The server ends each answer with one {@code ReadyForQuery}: to the start-up, to a simple query
 * and to the {@code Sync} behind the messages of a prepared statement. The client may send several
 * requests ahead.
 */
final class AwaitedAnswers {

    private static final byte QUERY = 'Q';
    private static final byte SYNC = 'S';
    private static final byte FUNCTION_CALL = 'F';
    private static final byte TERMINATE = 'X';
    private static final byte READY_FOR_QUERY = 'Z';

    /** What stands for the type of the messages at the start, which have none. */
    private static final byte START = 0;

    private final Messages sent = new Messages();
    private final Messages received = new Messages();
    private int owed;

    /** Whether the server answers a request for encryption next, with a byte that is no message. */
    private boolean encryptionAsked;

    AwaitedAnswers() {
        sent.expectUntyped();
    }

    /** Whether the server has something to answer. */
    boolean areAwaited() {
        return owed > 0;
    }

    /** Takes note of bytes on their way to the server, in any pieces. */
    void sent(ByteBuf bytes) {
        int at = bytes.readerIndex();
        while (at < bytes.writerIndex()) {
            at = sent.read(bytes, at);
            if (sent.isWhole()) {
                count(sent.type(), sent.length());
            }
        }
    }

    private void count(byte type, int length) {
        switch (type) {
            case START -> {
                owed++;
                encryptionAsked = length == Messages.ENCRYPTION_REQUEST;
                if (encryptionAsked) {
                    sent.expectUntyped();
                }
            }
            // The answer to a leave is that the connection is closed.
            case QUERY, SYNC, FUNCTION_CALL, TERMINATE -> owed++;
            default -> {
                // Part of a request that goes on.
            }
        }
    }

    /** Takes note of bytes from the server, in any pieces. */
    void received(ByteBuf bytes) {
        int at = bytes.readerIndex();
        if (encryptionAsked && at < bytes.writerIndex()) {
            encryptionAsked = false;
            owed--;
            at++;
        }
        while (at < bytes.writerIndex()) {
            at = received.read(bytes, at);
            if (received.isWhole() && received.type() == READY_FOR_QUERY && owed > 0) {
                owed--;
            }
        }
    }

    /** Finds the messages of one direction: a type, the length of the rest, and the rest. */
    private static final class Messages {

        /** The length of a request for encryption, which is a number; a start-up is longer. */
        static final int ENCRYPTION_REQUEST = 8;

        private static final int LENGTH_BYTES = 4;

        private byte type;
        private boolean typeRead;
        private int lengthRead;
        private int length;
        private int bodyLeft;

        /** The next message begins with its length. */
        void expectUntyped() {
            type = START;
            typeRead = true;
            lengthRead = 0;
            length = 0;
        }

        byte type() {
            return type;
        }

        int length() {
            return length;
        }

        /** Whether the bytes that were read last end a message. */
        boolean isWhole() {
            return typeRead && lengthRead == LENGTH_BYTES && bodyLeft == 0;
        }

        /** Reads on from there, at most to the end of a message; returns where it stopped. */
        int read(ByteBuf bytes, int from) {
            int at = from;
            if (isWhole()) {
                typeRead = false;
                lengthRead = 0;
                length = 0;
            }
            if (!typeRead) {
                type = bytes.getByte(at++);
                typeRead = true;
            }
            while (lengthRead < LENGTH_BYTES && at < bytes.writerIndex()) {
                length = length << Byte.SIZE | bytes.getUnsignedByte(at++);
                lengthRead++;
                bodyLeft = Math.max(0, length - LENGTH_BYTES);
            }
            if (lengthRead == LENGTH_BYTES) {
                int step = Math.min(bodyLeft, bytes.writerIndex() - at);
                bodyLeft -= step;
                at += step;
            }
            return at;
        }
    }
}
