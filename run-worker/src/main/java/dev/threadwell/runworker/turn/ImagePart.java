package dev.threadwell.runworker.turn;

import dev.threadwell.persistence.thread.ConversationStore.Entry;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.MessageContent;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An image of a user's message in the form for the model.
 *
 * @param url its type and bytes, as a {@code data:} URL
 */
public record ImagePart(String url) {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
    private static final byte[] GIF = ascii("GIF8");
    private static final byte[] RIFF = ascii("RIFF");
    private static final byte[] WEBP = ascii("WEBP");
    private static final int WEBP_AT = 8;

    /** The image with these bytes; empty if they are not PNG, JPEG, GIF or WebP. */
    public static Optional<ImagePart> of(byte[] bytes) {
        String type = type(bytes);
        return type == null
                ? Optional.empty()
                : Optional.of(
                        new ImagePart(
                                "data:%s;base64,%s"
                                        .formatted(
                                                type, Base64.getEncoder().encodeToString(bytes))));
    }

    /** Placeholder for an image that is only mentioned, because there are too many. */
    public static final ImagePart NOT_SHOWN = new ImagePart("");

    /**
     * The URLs of images in users' messages, without {@code data:} URLs, in the order of their last
     * appearance.
     */
    public static List<String> urls(List<Entry> conversation) {
        Set<String> urls = new LinkedHashSet<>();
        for (Entry entry : conversation) {
            if (entry instanceof Entry.Said(Message message) && mayShow(message)) {
                for (MessageContent part : message.content()) {
                    if (part instanceof MessageContent.ImageUrl(var image)
                            && !String.valueOf(image.get("url")).startsWith("data:")) {
                        String url = String.valueOf(image.get("url"));
                        urls.remove(url);
                        urls.add(url);
                    }
                }
            }
        }
        return List.copyOf(urls);
    }

    /** The file ids of images in users' messages, in the order of their last appearance. */
    public static List<String> files(List<Entry> conversation) {
        Set<String> ids = new LinkedHashSet<>();
        for (Entry entry : conversation) {
            if (entry instanceof Entry.Said(Message message) && mayShow(message)) {
                for (MessageContent part : message.content()) {
                    if (part instanceof MessageContent.ImageFile(var image)) {
                        String id = String.valueOf(image.get("file_id"));
                        ids.remove(id);
                        ids.add(id);
                    }
                }
            }
        }
        return List.copyOf(ids);
    }

    /** Whether images of the message can be shown: providers accept images only from users. */
    static boolean mayShow(Message message) {
        return message.role().equals("user");
    }

    private static @Nullable String type(byte[] bytes) {
        if (has(bytes, 0, PNG)) {
            return "image/png";
        } else if (has(bytes, 0, JPEG)) {
            return "image/jpeg";
        } else if (has(bytes, 0, GIF)) {
            return "image/gif";
        }
        return has(bytes, 0, RIFF) && has(bytes, WEBP_AT, WEBP) ? "image/webp" : null;
    }

    private static boolean has(byte[] bytes, int at, byte[] expected) {
        if (bytes.length < at + expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (bytes[at + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
