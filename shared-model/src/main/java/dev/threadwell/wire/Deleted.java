package dev.threadwell.wire;

/** The answer to a deletion. */
public record Deleted(String id, String object, boolean deleted) {

    /** The object with this id, of this kind, e.g. {@code thread}, is gone. */
    public static Deleted of(String id, String kind) {
        return new Deleted(id, kind + ".deleted", true);
    }
}
