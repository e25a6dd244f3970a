/** HTTP as resources use it: the admitted request and the form of its answer. */
@NullMarked
package dev.threadwell.api.http;

import org.jspecify.annotations.NullMarked;
