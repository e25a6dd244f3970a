/** The Threadwell that is measured: started for it or found running, and the machine beneath it. */
@NullMarked
package dev.threadwell.bench.system;

import org.jspecify.annotations.NullMarked;
