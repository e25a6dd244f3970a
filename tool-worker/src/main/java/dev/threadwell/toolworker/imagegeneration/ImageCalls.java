package dev.threadwell.toolworker.imagegeneration;

import dev.threadwell.platform.settings.ModelConfig;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.thread.ThreadPicture;
import dev.threadwell.toolworker.CancelledRuns;
import dev.threadwell.toolworker.file.MadeFiles;
import dev.threadwell.toolworker.file.OutageRetry;
import dev.threadwell.toolworker.picture.PictureContent;
import dev.threadwell.toolworker.picture.ThreadPictures;
import dev.threadwell.toolworker.progress.CallProgress;
import dev.threadwell.toolworker.provider.ProviderAnswer;
import dev.threadwell.toolworker.provider.ProviderClient;
import dev.threadwell.toolworker.provider.ProviderException;
import dev.threadwell.toolworker.provider.ProviderRequest;
import dev.threadwell.toolworker.provider.ProviderTarget;
import dev.threadwell.topic.ToolRequested;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/**
 * Executes calls for pictures: asks the provider, checks what it sends and keeps it as files. A
 * call that comes again is answered with the pictures that it has made before.
 */
@ApplicationScoped
class ImageCalls {

    private static final Logger LOG = Logger.getLogger(ImageCalls.class);

    private final Optional<ProviderClient> provider;
    private final ThreadPictures threadPictures;
    private final MadePictures pictures;
    private final MadeFiles files;
    private final CallProgress progress;
    private final CancelledRuns cancelled;
    private final InstantSource clock;
    private final ImageConfig config;
    private final Semaphore places;

    @Inject
    ImageCalls(
            ThreadPictures threadPictures,
            MadePictures pictures,
            MadeFiles files,
            CallProgress progress,
            CancelledRuns cancelled,
            InstantSource clock,
            ImageConfig config,
            ModelConfig model) {
        this.provider =
                ProviderTarget.of(config.baseUrl(), config.apiKey(), model)
                        .map(target -> new ProviderClient(target, clock));
        this.threadPictures = threadPictures;
        this.pictures = pictures;
        this.files = files;
        this.progress = progress;
        this.cancelled = cancelled;
        this.clock = clock;
        this.config = config;
        this.places = new Semaphore(config.callsAtOnce());
    }

    ToolOutput execute(ToolRequested call) throws IOException, InterruptedException {
        try {
            List<String> before = madeBefore(call);
            return before.isEmpty() ? made(call) : output(before, Map.of());
        } catch (NoPicture e) {
            LOG.infof(
                    "no picture was made runId=%s callId=%s reason=%s",
                    call.runId(), call.callId(), e.code().wire());
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("outputs", List.of());
            details.put("error", Map.of("code", e.code().wire()));
            return new ToolOutput.Result(details, e.told(), List.of(), List.of());
        }
    }

    private static String key(int number) {
        return "image-" + number;
    }

    /**
     * The pictures that this call made before its worker died; none unless all of them are there,
     * which the first one shows, because it is stored last.
     */
    private List<String> madeBefore(ToolRequested call) {
        return files.madeBefore(call, List.of(key(1))).isEmpty()
                ? List.of()
                : files.madeBefore(
                        call,
                        IntStream.rangeClosed(1, config.pictures())
                                .mapToObj(ImageCalls::key)
                                .toList());
    }

    private ToolOutput made(ToolRequested call)
            throws NoPicture, IOException, InterruptedException {
        ImageOrder order = ImageOrder.of(call, config.model(), config.pictures());
        ProviderClient asked =
                provider.orElseThrow(
                        () ->
                                new NoPicture(
                                        NoPicture.Code.NOT_CONFIGURED,
                                        "no provider of pictures is configured"));
        if (files.bytesOfProject(call) >= config.projectBytes()) {
            throw new NoPicture(NoPicture.Code.NO_ROOM, "the files of this project are too large");
        }
        takePlace(call);
        try {
            ImageAnswer answer = answer(call, asked, order);
            List<MadePictures.Picture> read = new ArrayList<>();
            for (ImageAnswer.Item item : answer.items()) {
                read.add(pictures.read(call, item));
            }
            return output(kept(call, read), answer.usage());
        } finally {
            places.release();
        }
    }

    private void takePlace(ToolRequested call) throws NoPicture, InterruptedException {
        while (!places.tryAcquire(1, TimeUnit.SECONDS)) {
            cancelled.unless(call.runId(), Uni.createFrom().voidItem()).await().indefinitely();
            if (!left(call).isPositive()) {
                throw new NoPicture(
                        NoPicture.Code.PROVIDER_FAILED, "too many are being made already");
            }
        }
    }

    private Duration left(ToolRequested call) {
        return Duration.ofSeconds(call.expiresAt() - clock.instant().getEpochSecond());
    }

    private ImageAnswer answer(ToolRequested call, ProviderClient asked, ImageOrder order)
            throws NoPicture {
        Duration timeout =
                left(call).compareTo(config.timeout()) < 0 ? left(call) : config.timeout();
        List<PictureContent.Readable> sources = sources(call, order);
        Function<ImageOrder, ProviderRequest> request =
                wanted ->
                        ImageRequest.of(
                                wanted,
                                sources,
                                timeout.isPositive() ? timeout : Duration.ofSeconds(1),
                                config.pictureBytes());
        Instant until = clock.instant().plus(config.timeout());
        try {
            return ImageAnswer.of(
                    cancelled
                            .unless(call.runId(), posted(call, asked, order, request, until))
                            .await()
                            .indefinitely(),
                    order.count());
        } catch (ProviderException e) {
            throw new NoPicture(NoPicture.Code.PROVIDER_FAILED, "the provider failed: " + e.why());
        }
    }

    /**
     * Asks for a stream if pictures in progress are wanted, and once more without if the provider
     * does not know streams. One that answers such a request as a whole is taken as it is.
     */
    private Uni<ProviderAnswer> posted(
            ToolRequested call,
            ProviderClient asked,
            ImageOrder order,
            Function<ImageOrder, ProviderRequest> request,
            Instant until) {
        if (!order.streams()) {
            return asked.post(request.apply(order), until);
        }
        return asked.post(
                        request.apply(order),
                        until,
                        new PartialPictures(progress, call, order.partials()))
                .chain(
                        answer ->
                                ImageAnswer.refusesStream(answer)
                                        ? asked.post(request.apply(order.whole()), until)
                                        : Uni.createFrom().item(answer));
    }

    /** The pictures to start from. */
    private List<PictureContent.Readable> sources(ToolRequested call, ImageOrder order)
            throws NoPicture {
        if (order.sources().isEmpty()) {
            return List.of();
        }
        List<ThreadPicture> known = threadPictures.of(call);
        List<PictureContent.Readable> sources = new ArrayList<>();
        for (String name : order.sources()) {
            ThreadPicture source =
                    known.stream()
                            .filter(one -> one.name().equals(name))
                            .findFirst()
                            .orElseThrow(() -> unknown(name, known));
            switch (threadPictures.read(call, source)) {
                case PictureContent.Readable readable -> sources.add(readable);
                case PictureContent.Unreadable(String why) ->
                        throw invalid("the picture %s cannot be read: %s".formatted(name, why));
            }
        }
        return sources;
    }

    private static NoPicture unknown(String name, List<ThreadPicture> known) {
        String names =
                String.join(
                        ", ",
                        known.reversed().stream().limit(20).map(ThreadPicture::name).toList());
        return invalid(
                "there is no picture '%s'. %s"
                        .formatted(
                                name.length() > 100 ? name.substring(0, 100) + "…" : name,
                                names.isEmpty()
                                        ? "The conversation has no pictures."
                                        : "The pictures are, the newest first: " + names));
    }

    private static NoPicture invalid(String why) {
        return new NoPicture(NoPicture.Code.INVALID_ARGUMENTS, why);
    }

    /** Stores the first picture last. */
    private List<String> kept(ToolRequested call, List<MadePictures.Picture> read)
            throws IOException {
        OutageRetry patience = new OutageRetry(call, clock);
        List<String> ids = new ArrayList<>();
        for (int number = read.size(); number > 0; number--) {
            MadePictures.Picture picture = read.get(number - 1);
            String key = key(number);
            ids.addFirst(
                    patience.retried(
                            () ->
                                    files.make(
                                            call,
                                            key,
                                            key + "." + picture.format().extension(),
                                            Multi.createFrom()
                                                    .item(Buffer.buffer(picture.bytes())))));
        }
        return ids;
    }

    private static ToolOutput output(List<String> ids, Map<String, Object> tokens) {
        Map<String, Object> usage = new LinkedHashMap<>();
        usage.put("images", ids.size());
        usage.putAll(tokens);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("outputs", ids.stream().map(ImageCalls::shown).toList());
        details.put("usage", usage);
        String told =
                ids.size() == 1
                        ? "The picture %s was made. The user is shown it in front of the text of"
                                + " your next message."
                        : "The pictures %s were made. The user is shown them in front of the text"
                                + " of your next message.";
        return new ToolOutput.Result(
                details, told.formatted(String.join(", ", ids)), List.of(), ids);
    }

    private static Map<String, Object> shown(String fileId) {
        Map<String, Object> output = new LinkedHashMap<>();
        output.put("type", "image");
        output.put("image", Map.of("file_id", fileId));
        return output;
    }
}
