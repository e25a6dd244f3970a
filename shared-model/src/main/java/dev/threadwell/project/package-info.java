/** Projects: the tenants that own all objects, with their settings. */
@NullMarked
package dev.threadwell.project;

import org.jspecify.annotations.NullMarked;
