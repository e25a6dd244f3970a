/**
 * What travels on Kafka: topics are facts in the past tense, keyed by thread id or vector store id.
 */
@NullMarked
package dev.threadwell.topic;

import org.jspecify.annotations.NullMarked;
