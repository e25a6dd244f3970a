/** The only way to send requests to URLs that users supply. */
@NullMarked
package dev.threadwell.egress;

import org.jspecify.annotations.NullMarked;
