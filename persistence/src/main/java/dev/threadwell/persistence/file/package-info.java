/** Files, uploads, and the ledger of their bytes in the blob store. */
@NullMarked
package dev.threadwell.persistence.file;

import org.jspecify.annotations.NullMarked;
