/** Objects that the tests of several packages use, and the rules of the module's structure. */
@NullMarked
package dev.threadwell;

import org.jspecify.annotations.NullMarked;
