@org.jspecify.annotations.NullMarked
package dev.threadwell.egress;
