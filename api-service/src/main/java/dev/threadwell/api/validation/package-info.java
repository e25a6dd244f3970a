/**
 * What a request says: the rules of bodies, parameters and ids, and the errors in the original's
 * words. {@code Rules} names the rules, {@code ObjectRule} puts them together, and {@code Body}
 * reads a body by them.
 */
@NullMarked
package dev.threadwell.api.validation;

import org.jspecify.annotations.NullMarked;
