/**
 * What a request asks for, known from its method and path before any resource sees it. Resource
 * classes and their methods say it once, in the annotations of this package; {@link
 * dev.threadwell.api.routes.Routes} reads them at the start, and {@link
 * dev.threadwell.api.routes.Route} is what everybody asks.
 */
@NullMarked
package dev.threadwell.api.routes;

import org.jspecify.annotations.NullMarked;
