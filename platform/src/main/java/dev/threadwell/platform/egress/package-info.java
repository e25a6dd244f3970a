/** The only way to send requests to URLs that users supply. */
@NullMarked
package dev.threadwell.platform.egress;

import org.jspecify.annotations.NullMarked;
