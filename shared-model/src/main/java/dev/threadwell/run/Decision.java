package dev.threadwell.run;

import java.util.List;

/** What the lifecycle makes of an event. */
public sealed interface Decision {

    /** The run moves and the effects follow: all of it in one transaction, or nothing. */
    record Move(Run run, List<Effect> effects) implements Decision {}

    /** The event is late or repeated: acknowledge it and change nothing. */
    record Ignore(String why) implements Decision {}

    /** A client asked for the impossible; the message is the API's own text. */
    record Refuse(String message) implements Decision {}
}
