/** Tests of what requests say by method and path. */
package dev.threadwell.api.routes;
