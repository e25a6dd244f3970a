package dev.threadwell.persistence.file;

/** A file that was given to an object through v1, and when. */
public record V1File(String id, long createdAt) {}
