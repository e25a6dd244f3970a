/** The API service's rules, tested over HTTP against a real PostgreSQL and a real Kafka. */
package dev.threadwell.api;
