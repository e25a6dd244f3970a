/** Tests of the version that a request asks for. */
package dev.threadwell.api.versions;
