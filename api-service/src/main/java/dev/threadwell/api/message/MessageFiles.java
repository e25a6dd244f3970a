package dev.threadwell.api.message;

import dev.threadwell.assistant.ToolKind;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.Message.Attachment;
import dev.threadwell.thread.MessageContent;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ids of the files that messages refer to, by their use.
 *
 * @param all all of them, images included
 * @param searched the files for file search
 * @param computed the files for the code interpreter
 * @param pictures the images for the model
 */
public record MessageFiles(
        Set<String> all, Set<String> searched, Set<String> computed, Set<String> pictures) {

    /** The files of these messages. */
    public static MessageFiles of(Collection<Message> messages) {
        MessageFiles files =
                new MessageFiles(
                        new LinkedHashSet<>(),
                        new LinkedHashSet<>(),
                        new LinkedHashSet<>(),
                        new LinkedHashSet<>());
        for (Message message : messages) {
            message.attachments().forEach(files::take);
            message.content().stream().flatMap(MessageFiles::picture).forEach(files.pictures::add);
        }
        files.all.addAll(files.pictures);
        return files;
    }

    /** Whether any of the files belongs into the tool resources of the thread. */
    public boolean forTools() {
        return !searched.isEmpty() || !computed.isEmpty();
    }

    private void take(Attachment attachment) {
        @Nullable String file = attachment.fileId();
        if (file == null) {
            return;
        }
        all.add(file);
        List<Object> tools = attachment.tools().stream().map(tool -> tool.get("type")).toList();
        if (tools.contains(ToolKind.FILE_SEARCH.name())) {
            searched.add(file);
        }
        if (tools.contains(ToolKind.CODE_INTERPRETER.name())) {
            computed.add(file);
        }
    }

    private static Stream<String> picture(MessageContent part) {
        return switch (part) {
            case MessageContent.ImageFile image ->
                    Stream.of(String.valueOf(image.imageFile().get("file_id")));
            case MessageContent.Text _, MessageContent.ImageUrl _, MessageContent.Refusal _ ->
                    Stream.empty();
        };
    }
}
