@org.jspecify.annotations.NullMarked
package dev.threadwell.mcp;
