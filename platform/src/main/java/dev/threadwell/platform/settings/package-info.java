/**
 * Settings that more than one service reads. A setting that only one reads is declared beside its
 * reader.
 */
@NullMarked
package dev.threadwell.platform.settings;

import org.jspecify.annotations.NullMarked;
