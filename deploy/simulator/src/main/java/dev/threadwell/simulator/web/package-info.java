/** A small web of its own: a search engine and the pages that it finds. */
@NullMarked
package dev.threadwell.simulator.web;

import org.jspecify.annotations.NullMarked;
