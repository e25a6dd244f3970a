package dev.threadwell.api.file;

import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.api.multipart.MultipartForm;
import dev.threadwell.api.project.ProjectSettings;
import dev.threadwell.api.routes.AnswerQuirk;
import dev.threadwell.api.routes.Creates;
import dev.threadwell.api.routes.Quirks;
import dev.threadwell.api.routes.TakesForm;
import dev.threadwell.api.validation.ObjectKind;
import dev.threadwell.file.FileObject;
import dev.threadwell.file.Purpose;
import dev.threadwell.persistence.file.BlobLedger;
import dev.threadwell.persistence.file.FileStore;
import dev.threadwell.persistence.file.StoredFile;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** {@code /v1/files}: uploads, lists, downloads and deletes files. */
@Path("/v1/files")
@Quirks({AnswerQuirk.ENDS_WITH_NEWLINE, AnswerQuirk.ERRORS_HAVE_DETAIL, AnswerQuirk.ANY_ORIGIN})
@Cancellable(false)
public class FileResource {

    private static final String FILE = "File";
    private static final int LIMIT = 10_000;

    private final FileStore files;
    private final BlobLedger blobs;
    private final FileConfig config;
    private final ProjectSettings settings;
    private final InstantSource clock;

    @Inject
    FileResource(
            FileStore files,
            BlobLedger blobs,
            FileConfig config,
            ProjectSettings settings,
            InstantSource clock) {
        this.files = files;
        this.blobs = blobs;
        this.config = config;
        this.settings = settings;
        this.clock = clock;
    }

    /** Uploads a file; it exists once all of its bytes are stored. */
    @POST
    @Creates(ObjectKind.FILE)
    @TakesForm
    public Uni<FileObject> create(@Context RoutingContext http) {
        ApiRequest request = ApiRequest.of(http);
        return request.form(FileRequest.FILE, this::keep, this::drop)
                .chain(form -> saved(request, form));
    }

    private Uni<BlobLedger.Kept> keep(Multi<Buffer> bytes) {
        return blobs.keep(new SizeLimit(config.maxFileBytes()).on(bytes));
    }

    private Uni<Void> drop(BlobLedger.Kept kept) {
        return blobs.drop(List.of(kept.id()));
    }

    private Uni<FileObject> saved(ApiRequest request, MultipartForm<BlobLedger.Kept> form) {
        String id = request.newId(ObjectKind.FILE);
        return Uni.createFrom()
                .item(() -> FileRequest.created(id, form, clock.instant().getEpochSecond()))
                .chain(file -> files.create(request.project(), file, List.of(kept(form).id())))
                .onFailure()
                .call(() -> form.file() == null ? Uni.createFrom().voidItem() : drop(kept(form)));
    }

    private static BlobLedger.Kept kept(MultipartForm<BlobLedger.Kept> form) {
        return Objects.requireNonNull(form.file(), "a form without a file was let through").kept();
    }

    /** A page of the project's files. */
    @GET
    public Uni<FileList> list(@Context RoutingContext http) {
        ApiRequest request = ApiRequest.of(http);
        return files.list(
                        request.project(),
                        request.query("purpose"),
                        request.page(ObjectKind.FILE, LIMIT, LIMIT))
                .map(FileList::of);
    }

    /** A file. */
    @GET
    @Path("/{id}")
    public Uni<FileObject> retrieve(@Context RoutingContext http, @RestPath String id) {
        return files.find(ApiRequest.of(http).project(), checked(id))
                .map(found -> existing(found, id));
    }

    /** Deletes a file; objects that refer to it are kept. */
    @DELETE
    @Path("/{id}")
    public Uni<DeletedFile> delete(@Context RoutingContext http, @RestPath String id) {
        return files.delete(ApiRequest.of(http).project(), checked(id))
                .map(freed -> existing(freed, id))
                .call(blobs::drop)
                .map(freed -> DeletedFile.of(id));
    }

    /** The content of a file. */
    @GET
    @Path("/{id}/content")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public Uni<FileDownload> content(@Context RoutingContext http, @RestPath String id) {
        ApiRequest request = ApiRequest.of(http);
        return files.stored(request.project(), checked(id))
                .map(found -> download(request, existing(found, id)));
    }

    private FileDownload download(ApiRequest request, StoredFile found) {
        FileObject file = found.file();
        boolean keptBack =
                Purpose.forClients(file.purpose()) instanceof Purpose given && given.isKeptBack();
        if (keptBack && !settings.downloadOwnFiles(request.owner())) {
            throw FileErrors.keptBack(file.purpose());
        }
        return new FileDownload(request.http(), file, blobs.read(found.blobs()));
    }

    /** Treats an invalid id as not found; PostgreSQL would reject some of them with an error. */
    private static String checked(String id) {
        if (!ObjectKind.isConceivable(id)) {
            throw FileErrors.noSuch(FILE, id);
        }
        return id;
    }

    private static <T> T existing(@Nullable T found, String id) {
        if (found == null) {
            throw FileErrors.noSuch(FILE, id);
        }
        return found;
    }
}
