package dev.threadwell.toolworker.picture;

import dev.threadwell.file.ImageFormat;

/** The result of reading a picture. */
public sealed interface PictureContent {

    /** The bytes of a picture, in a format that models accept. */
    record Readable(ImageFormat format, byte[] bytes) implements PictureContent {}

    /**
     * The picture cannot be read.
     *
     * @param why a clause with the picture as its subject, e.g. {@code it was deleted}
     */
    record Unreadable(String why) implements PictureContent {}

    /** These bytes as a picture, if they are one. */
    static PictureContent of(byte[] bytes) {
        return ImageFormat.of(bytes)
                .<PictureContent>map(format -> new Readable(format, bytes))
                .orElseGet(() -> new Unreadable("it is no PNG, JPEG, GIF or WebP"));
    }
}
