/**
 * The official SDKs, unmodified, against a running Threadwell. A {@link
 * dev.threadwell.clients.Target} says which one; a {@link dev.threadwell.clients.Probe} is a script
 * of checks in the SDK's own language.
 */
@NullMarked
package dev.threadwell.clients;

import org.jspecify.annotations.NullMarked;
