/** Client for the tools of remote MCP servers: lists and calls them. */
@NullMarked
package dev.threadwell.mcp;

import org.jspecify.annotations.NullMarked;
