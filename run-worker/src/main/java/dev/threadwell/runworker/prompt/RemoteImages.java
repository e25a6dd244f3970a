package dev.threadwell.runworker.prompt;

import dev.threadwell.persistence.thread.ConversationStore.Entry;
import dev.threadwell.platform.egress.Egress;
import dev.threadwell.platform.egress.EgressAnswer;
import dev.threadwell.platform.egress.EgressException;
import dev.threadwell.platform.egress.EgressRequest;
import dev.threadwell.run.RunError;
import dev.threadwell.runworker.turn.ImagePart;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Downloads the images that messages reference by URL: some providers cannot, and (security) a
 * provider inside the network must not be made to request an address that a user chose.
 */
@ApplicationScoped
public class RemoteImages {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Egress egress;
    private final PromptConfig config;
    private final boolean fetches;
    private final ImageCache cache = new ImageCache();

    @Inject
    public RemoteImages(Egress egress, PromptConfig config, ImageConfig images) {
        this(egress, config, images.fetch());
    }

    public RemoteImages(Egress egress, PromptConfig config, boolean fetches) {
        this.egress = egress;
        this.config = config;
        this.fetches = fetches;
    }

    /**
     * The images of a conversation, by URL. The newest are downloaded up to the size limit; the
     * others are {@link ImagePart#NOT_SHOWN}. Fails with {@link PromptUnavailable} if a download
     * fails.
     */
    Uni<Map<String, ImagePart>> of(List<Entry> conversation) {
        Uni<Map<String, ImagePart>> all = Uni.createFrom().item(new HashMap<>());
        if (fetches) {
            for (String url : ImagePart.urls(conversation).reversed()) {
                all = all.chain(found -> with(found, url));
            }
        }
        return all;
    }

    /** Upper bound of the size of the downloaded images of a conversation, in bytes. */
    long mostBytes(List<Entry> conversation) {
        return fetches && !ImagePart.urls(conversation).isEmpty() ? config.pictureBytes() : 0;
    }

    private Uni<Map<String, ImagePart>> with(Map<String, ImagePart> found, String url) {
        long left =
                config.pictureBytes()
                        - found.values().stream().mapToLong(RemoteImages::bytes).sum();
        Uni<ImagePart> picture =
                left <= 0
                        ? Uni.createFrom().item(ImagePart.NOT_SHOWN)
                        : picture(url).map(one -> bytes(one) > left ? ImagePart.NOT_SHOWN : one);
        return picture.map(
                one -> {
                    found.put(url, one);
                    return found;
                });
    }

    /** The size of the image: four characters of a base64 data URL are three bytes. */
    private static long bytes(ImagePart picture) {
        return picture.url().length() * 3L / 4;
    }

    private Uni<ImagePart> picture(String url) {
        ImagePart found = cache.find(url);
        return found == null
                ? fetched(url).invoke(one -> cache.put(url, one))
                : Uni.createFrom().item(found);
    }

    private Uni<ImagePart> fetched(String url) {
        URI address;
        try {
            address = new URI(url);
        } catch (URISyntaxException e) {
            return Uni.createFrom().failure(unavailable(url, "it is no URL"));
        }
        int most = (int) Math.min(config.pictureBytes(), Integer.MAX_VALUE);
        return egress.send(EgressRequest.get(address, PATIENCE, most))
                .onFailure(EgressException.class)
                .transform(why -> unavailable(url, ((EgressException) why).why()))
                .map(answer -> picture(url, answer));
    }

    private static ImagePart picture(String url, EgressAnswer answer) {
        if (!answer.succeeded()) {
            throw unavailable(url, "it answered with status " + answer.status());
        }
        return ImagePart.of(answer.body())
                .orElseThrow(() -> unavailable(url, "it is no PNG, JPEG, GIF or WebP"));
    }

    private static PromptUnavailable unavailable(String url, String why) {
        return new PromptUnavailable(
                new RunError(
                        "invalid_prompt", "Error while downloading %s: %s.".formatted(url, why)));
    }
}
