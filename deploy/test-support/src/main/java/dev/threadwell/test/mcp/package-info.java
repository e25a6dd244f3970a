/** An MCP server for tests; who uses it has the SDK and Jetty on its own class path. */
@NullMarked
package dev.threadwell.test.mcp;

import org.jspecify.annotations.NullMarked;
