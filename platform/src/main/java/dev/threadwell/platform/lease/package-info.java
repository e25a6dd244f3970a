/** Leases of jobs that one process of the installation does for all. */
@NullMarked
package dev.threadwell.platform.lease;

import org.jspecify.annotations.NullMarked;
