/** Executes tools of remote MCP servers. */
@NullMarked
package dev.threadwell.toolworker.mcp;

import org.jspecify.annotations.NullMarked;
