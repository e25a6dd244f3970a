package dev.threadwell.runworker.hold;

import dev.threadwell.egress.Egress;
import dev.threadwell.egress.EgressAnswer;
import dev.threadwell.egress.EgressException;
import dev.threadwell.egress.EgressRequest;
import dev.threadwell.run.RunError;
import dev.threadwell.runworker.turn.Picture;
import dev.threadwell.store.Conversation.Entry;
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
 * Fetches the pictures that users show by URL, for models that cannot, and so that no provider
 * inside the network is led to where a user wants it.
 */
@ApplicationScoped
public class RemoteImages {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Egress egress;
    private final WorkerConfig config;
    private final boolean fetches;
    private final KeptImages kept = new KeptImages();

    @Inject
    RemoteImages(Egress egress, WorkerConfig config, ImageConfig images) {
        this(egress, config, images.fetch());
    }

    RemoteImages(Egress egress, WorkerConfig config, boolean fetches) {
        this.egress = egress;
        this.config = config;
        this.fetches = fetches;
    }

    /**
     * The pictures of a conversation, by their URLs; of many, the newest, and of the others that
     * they are not to be shown. Fails with {@link Unaskable} if one cannot be had.
     */
    Uni<Map<String, Picture>> of(List<Entry> conversation) {
        Uni<Map<String, Picture>> all = Uni.createFrom().item(new HashMap<>());
        if (fetches) {
            for (String url : Picture.urls(conversation).reversed()) {
                all = all.chain(found -> with(found, url));
            }
        }
        return all;
    }

    /** How many bytes the pictures of a conversation may have that are fetched. */
    long mostBytes(List<Entry> conversation) {
        return fetches && !Picture.urls(conversation).isEmpty() ? config.pictureBytes() : 0;
    }

    private Uni<Map<String, Picture>> with(Map<String, Picture> found, String url) {
        long left =
                config.pictureBytes()
                        - found.values().stream().mapToLong(RemoteImages::bytes).sum();
        Uni<Picture> picture =
                left <= 0
                        ? Uni.createFrom().item(Picture.NOT_SHOWN)
                        : picture(url).map(one -> bytes(one) > left ? Picture.NOT_SHOWN : one);
        return picture.map(
                one -> {
                    found.put(url, one);
                    return found;
                });
    }

    /** Four characters of a data URL are three bytes. */
    private static long bytes(Picture picture) {
        return picture.url().length() * 3L / 4;
    }

    private Uni<Picture> picture(String url) {
        Picture found = kept.find(url);
        return found == null
                ? fetched(url).invoke(one -> kept.keep(url, one))
                : Uni.createFrom().item(found);
    }

    private Uni<Picture> fetched(String url) {
        URI address;
        try {
            address = new URI(url);
        } catch (URISyntaxException e) {
            return Uni.createFrom().failure(unaskable(url, "it is no URL"));
        }
        int most = (int) Math.min(config.pictureBytes(), Integer.MAX_VALUE);
        return egress.send(EgressRequest.get(address, PATIENCE, most))
                .onFailure(EgressException.class)
                .transform(why -> unaskable(url, ((EgressException) why).why()))
                .map(answer -> picture(url, answer));
    }

    private static Picture picture(String url, EgressAnswer answer) {
        if (!answer.succeeded()) {
            throw unaskable(url, "it answered with status " + answer.status());
        }
        return Picture.of(answer.body())
                .orElseThrow(() -> unaskable(url, "it is no PNG, JPEG, GIF or WebP"));
    }

    private static Unaskable unaskable(String url, String why) {
        return new Unaskable(
                new RunError(
                        "invalid_prompt", "Error while downloading %s: %s.".formatted(url, why)));
    }
}
