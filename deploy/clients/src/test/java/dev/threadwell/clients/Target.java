package dev.threadwell.clients;

/** A running Threadwell: what a client has to be told, and nothing else. */
public record Target(String baseUrl, String apiKey) {}
