package dev.threadwell.api.multipart;

import dev.threadwell.wire.ApiError;
import dev.threadwell.wire.ApiException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a multipart form and streams its file, with back-pressure, while the form is still
 * arriving.
 */
public final class FormReader<T> implements FormParser.Listener {

    private static final int MAX_FIELD = 64 * 1024;

    private final HttpServerRequest request;
    private final String fileField;
    private final Function<Multi<Buffer>, Uni<T>> keep;
    private final Function<T, Uni<Void>> discard;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final Map<String, String> fields = new LinkedHashMap<>();
    private @Nullable FilePart<T> file;
    private boolean inFile;
    private String name = "";
    private @Nullable Buffer value;

    public FormReader(
            HttpServerRequest request,
            String fileField,
            Function<Multi<Buffer>, Uni<T>> keep,
            Function<T, Uni<Void>> discard) {
        this.request = request;
        this.fileField = fileField;
        this.keep = keep;
        this.discard = discard;
    }

    /**
     * Reads the form. It fails as soon as the file or the form does; a stored file is deleted then.
     */
    public Uni<MultipartForm<T>> read() {
        begin();
        return Uni.createFrom()
                .completionStage(end)
                .chain(this::form)
                .onFailure()
                .call(this::discarded);
    }

    private void begin() {
        try {
            FormParser parser = FormParser.of(request.getHeader(HttpHeaders.CONTENT_TYPE), this);
            request.exceptionHandler(this::broken);
            request.handler(piece -> parsed(() -> parser.add(piece)));
            request.endHandler(ended -> parsed(() -> ended(parser)));
            if (request.response().closed()) {
                // Vert.x does not report the closed connection again, so the form would never end.
                broken(new HttpClosedException("the client went before its form was read"));
            }
            request.resume();
        } catch (FormParser.Malformed e) {
            throw notAForm();
        }
    }

    private void ended(FormParser parser) {
        parser.end();
        end.complete(null);
    }

    private void parsed(Runnable step) {
        try {
            if (!end.isDone()) {
                step.run();
            }
        } catch (FormParser.Malformed e) {
            broken(notAForm());
        }
    }

    @Override
    public void begins(PartHeader header) {
        name = header.name();
        inFile = name.equals(fileField) && header.filename() != null && file == null;
        value = header.filename() == null ? Buffer.buffer() : null;
        if (inFile) {
            file = taken(new FilePart<>(String.valueOf(header.filename()), request));
        }
    }

    private FilePart<T> taken(FilePart<T> part) {
        keep.apply(part.pieces())
                .subscribe()
                .with(part.kept()::complete, why -> failed(part.kept(), why));
        return part;
    }

    /** Fails at once: the rest of a form whose file cannot be stored is not needed. */
    private void failed(CompletableFuture<T> kept, Throwable why) {
        kept.completeExceptionally(why);
        end.completeExceptionally(why);
    }

    @Override
    public void data(Buffer piece) {
        if (inFile && file != null) {
            file.add(piece);
        } else if (value != null) {
            if (value.length() + piece.length() > MAX_FIELD) {
                throw new FormParser.Malformed("a field is too long");
            }
            value.appendBuffer(piece);
        }
    }

    @Override
    public void ends() {
        if (inFile && file != null) {
            file.end();
        } else {
            // A file in another field counts as an empty value; its bytes are discarded.
            fields.put(name, value == null ? "" : value.toString(StandardCharsets.UTF_8));
        }
    }

    private void broken(Throwable why) {
        if (file != null) {
            file.fail(why);
        }
        end.completeExceptionally(why);
    }

    private Uni<MultipartForm<T>> form() {
        FilePart<T> part = file;
        return part == null
                ? Uni.createFrom().item(new MultipartForm<>(fields, null))
                : Uni.createFrom()
                        .completionStage(part.kept())
                        .map(
                                kept ->
                                        new MultipartForm<>(
                                                fields,
                                                new MultipartForm.Incoming<>(
                                                        part.filename(), kept)));
    }

    /** Waits until the file is stored or has failed, and deletes it if it was stored. */
    private Uni<Void> discarded() {
        return file == null
                ? Uni.createFrom().voidItem()
                : Uni.createFrom()
                        .completionStage(file.kept())
                        .chain(discard::apply)
                        .onFailure()
                        .recoverWithNull()
                        .replaceWithVoid();
    }

    private static ApiException notAForm() {
        return ApiError.badRequest("Could not parse multipart form.").thrown();
    }
}
