@org.jspecify.annotations.NullMarked
package dev.threadwell.context;
