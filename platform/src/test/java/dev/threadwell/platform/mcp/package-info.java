@org.jspecify.annotations.NullMarked
package dev.threadwell.platform.mcp;
