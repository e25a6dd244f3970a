package dev.threadwell.api.connection;

import dev.threadwell.wire.ApiError;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * First handler of a connection. It limits the number of connections, closes those whose clients
 * are too slow (against slowloris attacks), and answers bytes that are no valid request.
 */
final class ConnectionGuard extends ChannelInboundHandlerAdapter {

    static final String NAME = "threadwell-connection";

    private static final String DECODER = "httpDecoder";
    private static final String ENCODER = "httpEncoder";

    /** How long a rejected client may take to read the error. */
    private static final long LINGER_MILLIS = 2_000;

    private final ConnectionLimits limits;
    private final AtomicInteger open;
    private final Deadline deadline;
    private @Nullable RequestGuard requests;
    private @Nullable ChannelHandlerContext here;
    private boolean counted;
    private boolean refused;

    ConnectionGuard(ConnectionLimits limits, AtomicInteger open) {
        this.limits = limits;
        this.open = open;
        this.deadline = new Deadline(limits);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        here = context;
        counted = true;
        if (open.incrementAndGet() > limits.maxConnections()) {
            refuse(ApiError.overloaded());
            return;
        }
        deadline.awaitHead();
        check(context);
        super.channelActive(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        if (counted) {
            counted = false;
            open.decrementAndGet();
        }
        super.channelInactive(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) throws Exception {
        if (refused) {
            ReferenceCountUtil.release(bytes);
            return;
        }
        if (requests == null) {
            install(context);
        }
        deadline.bytesCame();
        super.channelRead(context, bytes);
    }

    /**
     * Installs the other handlers on the first byte: by then Vert.x has built the pipeline, but no
     * decoder has seen a byte.
     */
    private void install(ChannelHandlerContext context) {
        requests = new RequestGuard(this, deadline);
        if (context.pipeline().get(DECODER) != null) {
            context.pipeline().replace(DECODER, DECODER, new StrictRequestDecoder());
            context.pipeline().addAfter(ENCODER, RequestGuard.NAME, requests);
        }
    }

    /** Checks the deadline with one timer per connection; requests only move the deadline. */
    private void check(ChannelHandlerContext context) {
        long left = deadline.leftNanos();
        if (left > 0) {
            var _ = context.executor().schedule(() -> check(context), left, TimeUnit.NANOSECONDS);
        } else if (context.channel().isActive() && !refused) {
            expire(context);
        }
    }

    private void expire(ChannelHandlerContext context) {
        if (deadline.isOfBody() && requests != null && requests.isHeldBack(context.channel())) {
            // This side does not read because of back-pressure, so the client is not to blame.
            deadline.awaitBody();
            check(context);
        } else if (deadline.isOfHead() || (requests != null && requests.canAnswer())) {
            refuse(RequestCheck.tooSlow());
        } else {
            var _ = context.close();
        }
    }

    /**
     * Writes an error response directly, bypassing the framework's state, and closes the
     * connection.
     */
    void refuse(ApiError error) {
        ChannelHandlerContext context = here;
        if (context == null || refused) {
            return;
        }
        refused = true;
        context.channel().config().setAutoRead(true);
        var _ =
                context.writeAndFlush(Unpooled.wrappedBuffer(ErrorResponse.bytes(error)))
                        .addListener((ChannelFutureListener) this::linger);
    }

    /**
     * Half-closes and lingers: an immediate close with unread bytes would send a reset, and the
     * client might not receive the error.
     */
    private void linger(ChannelFuture written) {
        if (written.isSuccess() && written.channel() instanceof DuplexChannel channel) {
            var _ = channel.shutdownOutput();
            var _ =
                    channel.eventLoop()
                            .schedule(() -> close(channel), LINGER_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            var _ = written.channel().close();
        }
    }

    private static void close(DuplexChannel channel) {
        var _ = channel.close();
    }

    /** Closes the connection in the middle of a response. */
    void closeNow() {
        refused = true;
        if (here != null) {
            var _ = here.close();
        }
    }

    boolean hasRefused() {
        return refused;
    }
}
