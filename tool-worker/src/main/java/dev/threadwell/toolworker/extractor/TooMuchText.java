package dev.threadwell.toolworker.extractor;

import java.io.IOException;

/** A document has more text than anybody would search. */
final class TooMuchText extends IOException {

    private static final long serialVersionUID = 1;
}
