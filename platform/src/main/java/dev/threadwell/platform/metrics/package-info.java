/** What the metrics of all features share: closed sets of labels, and buckets. */
@NullMarked
package dev.threadwell.platform.metrics;

import org.jspecify.annotations.NullMarked;
