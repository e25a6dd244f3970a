/** Files and uploads, as the API shows them and as they are stored. */
@NullMarked
package dev.threadwell.file;

import org.jspecify.annotations.NullMarked;
