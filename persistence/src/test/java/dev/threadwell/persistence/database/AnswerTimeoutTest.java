package dev.threadwell.persistence.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The timeout applies only while a response is outstanding. */
class AnswerTimeoutTest {

    private static final Duration PATIENCE = Duration.ofSeconds(22);
    private static final int ENCRYPTION = 80877103;
    private static final int VERSION_3 = 3 << 16;

    private final EmbeddedChannel connection = new EmbeddedChannel();
    private long nanos;

    @BeforeEach
    void open() {
        connection.freezeTime();
        connection.pipeline().addFirst(new AnswerTimeout(PATIENCE, () -> nanos));
    }

    private void passes(Duration time) {
        nanos += time.toNanos();
        connection.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        connection.runScheduledPendingTasks();
    }

    private static ByteBuf message(char type, int body) {
        return Unpooled.buffer().writeByte(type).writeInt(Integer.BYTES + body).writeZero(body);
    }

    private static ByteBuf start() {
        byte[] user = "user\0me\0\0".getBytes(StandardCharsets.US_ASCII);
        return Unpooled.buffer()
                .writeInt(2 * Integer.BYTES + user.length)
                .writeInt(VERSION_3)
                .writeBytes(user);
    }

    private void started() {
        connection.writeOutbound(start());
        connection.writeInbound(message('R', 4), message('S', 30), message('Z', 1));
    }

    private void asks() {
        connection.writeOutbound(
                Unpooled.wrappedBuffer(message('B', 40), message('E', 5), message('S', 0)));
    }

    private void answersInWhole() {
        connection.writeInbound(
                Unpooled.wrappedBuffer(message('D', 90), message('C', 7), message('Z', 1)));
    }

    @Test
    void anIdleConnectionStaysOpen() {
        started();
        asks();
        answersInWhole();
        passes(PATIENCE.multipliedBy(1_000));
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void aStatementThatIsNotAnsweredEndsTheConnection() {
        started();
        asks();
        passes(PATIENCE.minusMillis(1));
        assertThat(connection.isOpen()).isTrue();
        passes(Duration.ofMillis(1));
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void aStatementAfterALongPauseHasItsWholeTime() {
        started();
        asks();
        answersInWhole();
        passes(PATIENCE.multipliedBy(3).plusSeconds(20));
        asks();
        passes(PATIENCE.minusMillis(1));
        assertThat(connection.isOpen()).isTrue();
        passes(Duration.ofMillis(1));
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void anAnswerThatBreaksOffEndsTheConnection() {
        started();
        asks();
        connection.writeInbound(message('D', 90));
        passes(PATIENCE);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void anAnswerThatGoesOnForLongIsAwaited() {
        started();
        asks();
        for (int i = 0; i < 5; i++) {
            passes(PATIENCE.minusMillis(1));
            connection.writeInbound(message('D', 90));
        }
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void theSecondOfTwoStatementsSentTogetherIsAwaitedToo() {
        started();
        asks();
        asks();
        answersInWhole();
        passes(PATIENCE);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void aSimpleQueryIsAwaited() {
        started();
        connection.writeOutbound(message('Q', 9));
        passes(PATIENCE);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void aStartThatIsNotAnsweredEndsTheConnection() {
        connection.writeOutbound(start());
        connection.writeInbound(message('R', 4));
        passes(PATIENCE);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void aRequestForEncryptionIsAwaitedAndHasAnAnswerOfOneByte() {
        connection.writeOutbound(
                Unpooled.buffer().writeInt(2 * Integer.BYTES).writeInt(ENCRYPTION));
        passes(PATIENCE.minusMillis(1));
        connection.writeInbound(Unpooled.buffer().writeByte('S'));
        passes(PATIENCE);
        assertThat(connection.isOpen()).isTrue();

        started();
        passes(PATIENCE);
        assertThat(connection.isOpen()).isTrue();
        asks();
        passes(PATIENCE);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void aLeaveThatTheServerDoesNotTakeEndsTheConnection() {
        started();
        connection.writeOutbound(message('X', 0));
        passes(PATIENCE);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void messagesMayComeInAnyPieces() {
        for (ByteBuf piece : bytes(start())) {
            connection.writeOutbound(piece);
        }
        for (ByteBuf piece : bytes(message('R', 4), message('S', 300), message('Z', 1))) {
            connection.writeInbound(piece);
        }
        passes(PATIENCE);
        assertThat(connection.isOpen()).isTrue();

        for (ByteBuf piece : bytes(message('P', 300), message('S', 0))) {
            connection.writeOutbound(piece);
        }
        for (ByteBuf piece : bytes(message('1', 0), message('T', 300))) {
            connection.writeInbound(piece);
        }
        passes(PATIENCE);
        assertThat(connection.isOpen()).isFalse();
    }

    /** A value that looks like the end of a response does not count as one. */
    @Test
    void theContentOfARowIsNotReadAsAMessage() {
        started();
        asks();
        connection.writeInbound(
                Unpooled.buffer()
                        .writeByte('D')
                        .writeInt(2 * Integer.BYTES + 2)
                        .writeBytes(message('Z', 1)));
        passes(PATIENCE);
        assertThat(connection.isOpen()).isFalse();
    }

    private static ByteBuf[] bytes(ByteBuf... messages) {
        ByteBuf all = Unpooled.wrappedBuffer(messages);
        ByteBuf[] pieces = new ByteBuf[all.readableBytes()];
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = all.slice(i, 1);
        }
        return pieces;
    }
}
