/**
 * Our images in containers, beside real images of PostgreSQL and Kafka, used by clients while
 * containers are killed.
 *
 * <p>{@link dev.threadwell.containers.Installation} is one set of containers on a network of its
 * own.
 */
@NullMarked
package dev.threadwell.containers;

import org.jspecify.annotations.NullMarked;
