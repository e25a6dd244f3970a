/**
 * Settings that more than one service reads. A setting of one service is declared beside its user.
 */
@NullMarked
package dev.threadwell.platform.settings;

import org.jspecify.annotations.NullMarked;
