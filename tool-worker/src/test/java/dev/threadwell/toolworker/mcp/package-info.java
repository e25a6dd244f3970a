/** Tests against a real MCP server. */
@NullMarked
package dev.threadwell.toolworker.mcp;

import org.jspecify.annotations.NullMarked;
