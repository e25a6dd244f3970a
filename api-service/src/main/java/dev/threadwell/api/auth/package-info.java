/** Who may come in: API keys and the beta header. */
@NullMarked
package dev.threadwell.api.auth;

import org.jspecify.annotations.NullMarked;
