/**
 * The API of project settings, an extension to OpenAI's API without effect until a setting is
 * changed.
 */
@NullMarked
package dev.threadwell.api.project;

import org.jspecify.annotations.NullMarked;
