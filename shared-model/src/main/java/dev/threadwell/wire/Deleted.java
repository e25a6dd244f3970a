package dev.threadwell.wire;

/** The response to a deletion. */
public record Deleted(String id, String object, boolean deleted) {

    /** The response for a deleted object of this kind, e.g. {@code thread}. */
    public static Deleted of(String id, String kind) {
        return new Deleted(id, kind + ".deleted", true);
    }
}
