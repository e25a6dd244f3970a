/** Client for the tools of remote MCP servers: lists and calls them. */
@NullMarked
package dev.threadwell.platform.mcp;

import org.jspecify.annotations.NullMarked;
