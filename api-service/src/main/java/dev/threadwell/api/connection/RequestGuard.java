package dev.threadwell.api.connection;

import dev.threadwell.wire.ApiError;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Handler between the HTTP decoder and the framework. It lets only valid requests pass, and updates
 * the connection's {@link Deadline}.
 */
final class RequestGuard extends ChannelDuplexHandler {

    static final String NAME = "threadwell-requests";

    private final ConnectionGuard connection;
    private final Deadline deadline;
    private boolean receiving;
    private int unanswered;
    private boolean answerHasBegun;
    private boolean awaitsContinue;

    RequestGuard(ConnectionGuard connection, Deadline deadline) {
        this.connection = connection;
        this.deadline = deadline;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (connection.hasRefused() || !isAcceptable(message)) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpRequest request) {
            unanswered++;
            receiving = true;
            awaitsContinue = request.headers().contains(HttpHeaderNames.EXPECT);
        }
        if (message instanceof LastHttpContent) {
            receiving = false;
            awaitsContinue = false;
        }
        follow();
        super.channelRead(context, message);
    }

    private boolean isAcceptable(Object message) {
        ApiError error = null;
        if (message instanceof HttpRequest request) {
            error = RequestCheck.of(request);
        } else if (message instanceof HttpContent content && content.decoderResult().isFailure()) {
            error = RequestCheck.invalidBody();
        }
        if (error == null) {
            return true;
        }
        if (answerHasBegun || (unanswered > 0 && !receiving)) {
            // An earlier request is still being answered; an error now would break the order of
            // responses.
            connection.closeNow();
        } else {
            connection.refuse(error);
        }
        return false;
    }

    private void follow() {
        if (receiving) {
            deadline.awaitBody();
        } else if (unanswered > 0) {
            deadline.awaitNothing();
        } else {
            deadline.awaitNextRequest();
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
            throws Exception {
        if (connection.hasRefused()) {
            // The client has already received an error.
            ReferenceCountUtil.release(message);
            promise.trySuccess();
            return;
        }
        boolean informational = false;
        if (message instanceof HttpResponse response) {
            informational = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            answerHasBegun = !informational;
            awaitsContinue = false;
        }
        if (message instanceof LastHttpContent && !informational) {
            answerHasBegun = false;
            unanswered--;
            follow();
        }
        super.write(context, message, promise);
    }

    /**
     * Whether the body does not arrive because this side does not read it or has not sent 100
     * Continue.
     */
    boolean isHeldBack(Channel channel) {
        return !channel.config().isAutoRead() || awaitsContinue;
    }

    /** Whether a request has received no part of its response yet. */
    boolean canAnswer() {
        return unanswered > 0 && !answerHasBegun;
    }
}
