package dev.threadwell.persistence.database;

import io.netty.buffer.ByteBuf;

/**
 * Counts the responses that PostgreSQL has yet to send on one connection, by following the
 * protocol's messages in both directions.
 *
 * <p>The server ends each response with one {@code ReadyForQuery}: to the start-up, to a simple
 * query and to the {@code Sync} after the messages of a prepared statement. Clients may pipeline
 * several requests.
 */
final class AwaitedAnswers {

    private static final byte QUERY = 'Q';
    private static final byte SYNC = 'S';
    private static final byte FUNCTION_CALL = 'F';
    private static final byte TERMINATE = 'X';
    private static final byte READY_FOR_QUERY = 'Z';

    /** Stands for the type of the start-up messages, which have no type byte. */
    private static final byte START = 0;

    private final Messages sent = new Messages();
    private final Messages received = new Messages();
    private int owed;

    /**
     * Whether the next byte is the response to a request for encryption, which is not a message.
     */
    private boolean encryptionAsked;

    AwaitedAnswers() {
        sent.expectUntyped();
    }

    /** Whether a response is outstanding. */
    boolean areAwaited() {
        return owed > 0;
    }

    /** Processes bytes that are sent to the server; messages may be split at any point. */
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
            // The server responds to Terminate by closing the connection.
            case QUERY, SYNC, FUNCTION_CALL, TERMINATE -> owed++;
            default -> {
                // Part of a longer request, which is counted at its end.
            }
        }
    }

    /** Processes bytes from the server; messages may be split at any point. */
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

    /** Splits one direction into messages: a type byte, the length of the rest, and the rest. */
    private static final class Messages {

        /** The length of a request for encryption; start-up messages are longer. */
        static final int ENCRYPTION_REQUEST = 8;

        private static final int LENGTH_BYTES = 4;

        private byte type;
        private boolean typeRead;
        private int lengthRead;
        private int length;
        private int bodyLeft;

        /** Expects a message that has no type byte and begins with its length. */
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

        /** Whether the bytes that were read last complete a message. */
        boolean isWhole() {
            return typeRead && lengthRead == LENGTH_BYTES && bodyLeft == 0;
        }

        /**
         * Reads from this index up to the end of a message at most; returns the index after the
         * last byte that was read.
         */
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
