/**
 * The Administration API below {@code /v1/organization}: projects, their keys and service accounts,
 * admin keys, and the audit log. Only admin keys open it.
 */
@NullMarked
package dev.threadwell.api.admin;

import org.jspecify.annotations.NullMarked;
