/**
 * What every request passes: the door, its rules for bodies and ids, and the one way errors are
 * answered.
 */
@NullMarked
package dev.threadwell.api.http;

import org.jspecify.annotations.NullMarked;
