/** Tests of stream without a server. */
package dev.threadwell.api.migration;
