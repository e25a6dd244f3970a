package dev.threadwell.persistence.database;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection to PostgreSQL if a response is outstanding and no bytes are sent or received
 * for too long. An idle connection stays open.
 *
 * <p>There is at most one timer per connection. It is rescheduled when it fires and not for each
 * statement, and it stops if no response is outstanding then.
 */
final class AnswerTimeout extends ChannelDuplexHandler {

    private final AwaitedAnswers answers = new AwaitedAnswers();
    private final long patience;
    private final LongSupplier nanos;
    private final ChannelFutureListener written = _ -> moved();

    private long lastMove;
    private @Nullable Future<?> timer;

    AnswerTimeout(Duration patience) {
        this(patience, System::nanoTime);
    }

    AnswerTimeout(Duration patience, LongSupplier nanos) {
        this.patience = patience.toNanos();
        this.nanos = nanos;
    }

    @Override
    public void write(ChannelHandlerContext connection, Object message, ChannelPromise promise)
            throws Exception {
        if (message instanceof ByteBuf bytes) {
            boolean before = answers.areAwaited();
            answers.sent(bytes);
            if (!before) {
                moved();
            }
            watch(connection);
        }
        var _ = connection.write(message, promise.unvoid().addListener(written));
    }

    @Override
    public void channelRead(ChannelHandlerContext connection, Object message) throws Exception {
        if (message instanceof ByteBuf bytes) {
            answers.received(bytes);
            moved();
        }
        super.channelRead(connection, message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext connection) throws Exception {
        if (timer != null) {
            timer.cancel(false);
        }
        super.channelInactive(connection);
    }

    private void moved() {
        lastMove = nanos.getAsLong();
    }

    private void watch(ChannelHandlerContext connection) {
        if (timer == null && answers.areAwaited()) {
            look(connection, patience);
        }
    }

    private void look(ChannelHandlerContext connection, long after) {
        timer =
                connection
                        .executor()
                        .schedule(() -> check(connection), after, TimeUnit.NANOSECONDS);
    }

    private void check(ChannelHandlerContext connection) {
        timer = null;
        if (!answers.areAwaited()) {
            return;
        }
        long left = patience - (nanos.getAsLong() - lastMove);
        if (left > 0) {
            look(connection, left);
        } else {
            var _ = connection.close();
        }
    }
}
