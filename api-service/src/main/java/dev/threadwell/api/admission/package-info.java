/** Which new runs are accepted while the installation has more to do than it can. */
@NullMarked
package dev.threadwell.api.admission;

import org.jspecify.annotations.NullMarked;
