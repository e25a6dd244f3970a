/** HTTP client for the providers that the operator has configured for tools. */
@NullMarked
package dev.threadwell.toolworker.provider;

import org.jspecify.annotations.NullMarked;
