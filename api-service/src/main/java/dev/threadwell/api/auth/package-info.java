/** Authentication by API keys, and the rate limit of projects. */
@NullMarked
package dev.threadwell.api.auth;

import org.jspecify.annotations.NullMarked;
