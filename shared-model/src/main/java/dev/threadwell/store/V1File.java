package dev.threadwell.store;

/** A file that was given to an object through v1, and when. */
public record V1File(String id, long createdAt) {}
