/** Tests of model without a server. */
package dev.threadwell.api.model;
