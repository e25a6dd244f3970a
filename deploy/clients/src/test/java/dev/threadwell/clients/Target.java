package dev.threadwell.clients;

/**
 * A running Threadwell: what a client has to be told, and nothing else.
 *
 * @param adminKey the key of its administration; empty if nobody said
 * @param simulator where its simulated model takes directions ahead; empty if nobody said
 */
public record Target(String baseUrl, String apiKey, String adminKey, String simulator) {}
