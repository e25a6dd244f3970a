package dev.threadwell.runworker.turn;

import dev.threadwell.file.ImageFormat;
import dev.threadwell.persistence.thread.ConversationStore.Entry;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.MessageContent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An image of a user's message in the form for the model.
 *
 * @param url its type and bytes, as a {@code data:} URL
 */
public record ImagePart(String url) {

    /** The image with these bytes; empty if they are not PNG, JPEG, GIF or WebP. */
    public static Optional<ImagePart> of(byte[] bytes) {
        return ImageFormat.of(bytes).map(format -> new ImagePart(format.dataUrl(bytes)));
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
}
