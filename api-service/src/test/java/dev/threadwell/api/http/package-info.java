/** Tests of the way in, without a server. */
package dev.threadwell.api.http;
