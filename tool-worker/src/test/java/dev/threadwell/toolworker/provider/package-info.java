/** Tests against a scripted provider. */
@NullMarked
package dev.threadwell.toolworker.provider;

import org.jspecify.annotations.NullMarked;
