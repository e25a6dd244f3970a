/**
 * The messages on Kafka. Topics are named in the past tense; records are keyed by thread id, vector
 * store id or, in {@code run.stream}, run id.
 */
@NullMarked
package dev.threadwell.topic;

import org.jspecify.annotations.NullMarked;
