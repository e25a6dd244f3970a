/**
 * Validation of requests: the rules of bodies, parameters and ids, and the errors with the
 * original's texts. {@code Rules} creates the rules, {@code ObjectRule} combines them, and {@code
 * Body} validates a body by them.
 */
@NullMarked
package dev.threadwell.api.validation;

import org.jspecify.annotations.NullMarked;
