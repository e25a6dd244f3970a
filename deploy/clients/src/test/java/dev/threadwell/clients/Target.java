package dev.threadwell.clients;

/**
 * A running Threadwell: what a client has to be told, and nothing else.
 *
 * @param simulator where its simulated model takes directions ahead; empty if nobody said
 */
public record Target(String baseUrl, String apiKey, String simulator) {}
