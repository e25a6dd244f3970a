/**
 * What is known about a request from its method and path, before any resource sees it. Resource
 * classes and their methods declare it with the annotations of this package; {@link
 * dev.threadwell.api.routes.Routes} reads them at the start, and {@link
 * dev.threadwell.api.routes.Route} is the result for one request.
 */
@NullMarked
package dev.threadwell.api.routes;

import org.jspecify.annotations.NullMarked;
