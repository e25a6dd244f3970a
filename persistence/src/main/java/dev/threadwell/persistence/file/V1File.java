package dev.threadwell.persistence.file;

/** A file that was attached to an object through v1, with the time of the attachment. */
public record V1File(String id, long createdAt) {}
