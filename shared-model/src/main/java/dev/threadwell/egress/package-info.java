/** The one way out to URLs that users gave. */
@NullMarked
package dev.threadwell.egress;

import org.jspecify.annotations.NullMarked;
