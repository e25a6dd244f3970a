package dev.threadwell.api.file;

import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.api.multipart.MultipartForm;
import dev.threadwell.api.routes.AnswerQuirk;
import dev.threadwell.api.routes.Quirks;
import dev.threadwell.api.routes.SafeToRepeat;
import dev.threadwell.api.routes.TakesForm;
import dev.threadwell.api.validation.Body;
import dev.threadwell.api.validation.ObjectKind;
import dev.threadwell.file.Upload;
import dev.threadwell.file.UploadPart;
import dev.threadwell.file.UploadStatus;
import dev.threadwell.persistence.file.BlobLedger;
import dev.threadwell.persistence.file.UploadStore;
import dev.threadwell.persistence.file.UploadStore.Found;
import dev.threadwell.persistence.file.UploadStore.Part;
import dev.threadwell.run.Ids;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.time.InstantSource;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** {@code /v1/uploads}: uploads files in parts. */
@Path("/v1/uploads")
@Quirks(AnswerQuirk.ENDS_WITH_NEWLINE)
@Cancellable(false)
public class UploadResource {

    private static final String UPLOAD = "Upload";

    private final UploadStore uploads;
    private final BlobLedger blobs;
    private final FileConfig config;
    private final InstantSource clock;

    @Inject
    UploadResource(UploadStore uploads, BlobLedger blobs, FileConfig config, InstantSource clock) {
        this.uploads = uploads;
        this.blobs = blobs;
        this.config = config;
        this.clock = clock;
    }

    /** Creates an upload. */
    @POST
    @SafeToRepeat("an upload that nobody completes expires")
    public Uni<Upload> create(@Context RoutingContext http) {
        ApiRequest request = ApiRequest.of(http);
        Body body = request.body(UploadRequest.create(config.maxUploadBytes()));
        Upload upload = UploadRequest.created(body, clock.instant().getEpochSecond());
        return uploads.create(request.project(), upload, UploadRequest.fileLives(body));
    }

    /** Adds a part; parts may be sent in parallel. */
    @POST
    @Path("/{id}/parts")
    @SafeToRepeat("a part that no completion names goes with its upload")
    @TakesForm
    public Uni<UploadPart> add(@Context RoutingContext http, @RestPath String id) {
        ApiRequest request = ApiRequest.of(http);
        return pending(request.project(), id, "add a part to")
                .chain(pending -> request.form(UploadRequest.DATA, this::keep, this::drop))
                .chain(form -> added(request.project(), id, form));
    }

    private Uni<BlobLedger.Kept> keep(Multi<Buffer> bytes) {
        return blobs.keep(new SizeLimit(config.maxPartBytes()).on(bytes));
    }

    private Uni<Void> drop(BlobLedger.Kept kept) {
        return blobs.drop(List.of(kept.id()));
    }

    private Uni<UploadPart> added(String project, String id, MultipartForm<BlobLedger.Kept> form) {
        MultipartForm.Incoming<BlobLedger.Kept> data = form.file();
        if (data == null) {
            return Uni.createFrom().failure(FileErrors.missing(UploadRequest.DATA));
        }
        UploadPart part =
                new UploadPart(Ids.part(), UploadPart.OBJECT, clock.instant().getEpochSecond(), id);
        return uploads.add(project, part, data.kept(), config.maxUploadBytes())
                .chain(added -> added ? Uni.createFrom().voidItem() : refused(project, id))
                .onFailure()
                .call(() -> drop(data.kept()))
                .replaceWith(part);
    }

    /** Fails with the reason why a part was not added: the upload has ended or is full. */
    private Uni<Void> refused(String project, String id) {
        return pending(project, id, "add a part to")
                .chain(
                        full ->
                                Uni.createFrom()
                                        .failure(FileErrors.tooLarge(config.maxUploadBytes())));
    }

    /** Creates the file from parts in the given order. */
    @POST
    @Path("/{id}/complete")
    @SafeToRepeat("a completed upload is shown as it is")
    public Uni<Upload> complete(@Context RoutingContext http, @RestPath String id) {
        ApiRequest request = ApiRequest.of(http);
        Body body = request.body(UploadRequest.COMPLETE);
        return found(request.project(), id)
                .chain(
                        found ->
                                found.upload().status() == UploadStatus.COMPLETED
                                        ? Uni.createFrom().item(found.upload())
                                        : completed(request.project(), found, body));
    }

    private Uni<Upload> completed(String project, Found found, Body body) {
        requirePending(found, "complete");
        List<Part> parts = UploadRequest.parts(found, body.strings("part_ids"));
        Upload upload = UploadRequest.completed(found);
        return verified(parts, body.text("md5"))
                .chain(() -> uploads.complete(project, upload, parts))
                .chain(done -> done ? Uni.createFrom().item(upload) : lost(project, upload.id()));
    }

    private Uni<Void> verified(List<Part> parts, @Nullable String md5) {
        return md5 == null
                ? Uni.createFrom().voidItem()
                : Md5.of(blobs.read(parts.stream().map(Part::blob).toList()))
                        .invoke(actual -> Md5.requireEqual(md5, actual))
                        .replaceWithVoid();
    }

    /** A concurrent request was faster; it may have been a repetition of this one. */
    private Uni<Upload> lost(String project, String id) {
        return found(project, id)
                .invoke(
                        found -> {
                            if (found.upload().status() != UploadStatus.COMPLETED) {
                                requirePending(found, "complete");
                            }
                        })
                .map(Found::upload);
    }

    /** Cancels an upload and deletes its parts. */
    @POST
    @Path("/{id}/cancel")
    @SafeToRepeat("a cancelled upload is shown as it is")
    public Uni<Upload> cancel(@Context RoutingContext http, @RestPath String id) {
        ApiRequest request = ApiRequest.of(http);
        return found(request.project(), id)
                .chain(
                        found ->
                                found.upload().status() == UploadStatus.CANCELLED
                                        ? Uni.createFrom().item(found.upload())
                                        : cancelled(request.project(), found));
    }

    private Uni<Upload> cancelled(String project, Found found) {
        requirePending(found, "cancel");
        Upload upload = found.upload().with(UploadStatus.CANCELLED, null);
        return uploads.cancel(project, upload)
                .chain(
                        freed ->
                                freed == null
                                        ? pending(project, upload.id(), "cancel").replaceWithVoid()
                                        : blobs.drop(freed))
                .replaceWith(upload);
    }

    private Uni<Found> pending(String project, String id, String action) {
        return found(project, id).invoke(found -> requirePending(found, action));
    }

    private static void requirePending(Found found, String action) {
        UploadStatus status = found.upload().status();
        if (status != UploadStatus.PENDING) {
            throw FileErrors.refused(
                    "Cannot %s upload with status '%s'.".formatted(action, status.wire()), null);
        }
    }

    private Uni<Found> found(String project, String id) {
        if (!ObjectKind.isConceivable(id)) {
            throw FileErrors.noSuch(UPLOAD, id);
        }
        return uploads.find(project, id).map(found -> existing(found, id));
    }

    private static Found existing(@Nullable Found found, String id) {
        if (found == null) {
            throw FileErrors.noSuch(UPLOAD, id);
        }
        return found;
    }
}
