/** Tests of who may come in, without a server. */
package dev.threadwell.api.connection;
