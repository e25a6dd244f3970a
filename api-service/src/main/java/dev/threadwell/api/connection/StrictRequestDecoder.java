package dev.threadwell.api.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;

/**
 * Vert.x's request decoder without its leniency: folded header lines make the request invalid, and
 * with both a Content-Length and a Transfer-Encoding neither is dropped, so that {@link
 * RequestCheck} sees both.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {

    private boolean inHead = true;
    private boolean behindFirstLine;
    private boolean failed;

    StrictRequestDecoder() {
        super(
                new HttpServerOptions()
                        .setMaxInitialLineLength(ConnectionLimits.MAX_LINE)
                        .setMaxHeaderSize(ConnectionLimits.MAX_HEADERS));
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
            throws Exception {
        if (failed) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (inHead && hasFoldedLine(in)) {
            fail(in, out);
            return;
        }
        int before = in.readerIndex();
        int found = out.size();
        super.decode(context, in, out);
        behindFirstLine = inHead && (behindFirstLine || in.readerIndex() > before);
        for (Object message : out.subList(found, out.size())) {
            if (message instanceof HttpRequest) {
                inHead = false;
            }
            if (message instanceof LastHttpContent) {
                inHead = true;
                behindFirstLine = false;
            }
        }
    }

    /** Whether a line of the head received so far begins with white space. */
    private boolean hasFoldedLine(ByteBuf in) {
        int start = in.readerIndex();
        int end = in.writerIndex();
        boolean lineBegins = behindFirstLine;
        for (int i = start; i < end; i++) {
            byte c = in.getByte(i);
            if (lineBegins) {
                if (c == ' ' || c == '\t') {
                    return true;
                }
                if (c == '\n' || (c == '\r' && i + 1 < end && in.getByte(i + 1) == '\n')) {
                    // An empty line ends the head.
                    return false;
                }
            }
            lineBegins = c == '\n' && (behindFirstLine || i > start + 1);
        }
        return false;
    }

    private void fail(ByteBuf in, List<Object> out) {
        failed = true;
        in.skipBytes(in.readableBytes());
        HttpMessage invalid = createInvalidMessage();
        invalid.setDecoderResult(
                DecoderResult.failure(new IllegalArgumentException("a folded header line")));
        out.add(invalid);
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        // Keeps both headers, for which the request is then rejected.
    }
}
