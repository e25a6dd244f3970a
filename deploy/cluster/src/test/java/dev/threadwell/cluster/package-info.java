/**
 * The chart on a real Kubernetes, used by clients while it is upgraded, scaled, drained and killed.
 *
 * <p>{@link dev.threadwell.cluster.Load} is the clients' traffic; what it reports is what users
 * would have met.
 */
@NullMarked
package dev.threadwell.cluster;

import org.jspecify.annotations.NullMarked;
