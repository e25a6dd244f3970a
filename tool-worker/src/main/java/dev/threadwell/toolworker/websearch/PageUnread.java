package dev.threadwell.toolworker.websearch;

/** A page that is not read, for a reason that is worth a line in the log. */
final class PageUnread extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PageUnread(String why) {
        super(why, null, false, false);
    }
}
