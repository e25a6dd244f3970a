/** The tools of remote MCP servers: what they are, and how they are called. */
@NullMarked
package dev.threadwell.mcp;

import org.jspecify.annotations.NullMarked;
