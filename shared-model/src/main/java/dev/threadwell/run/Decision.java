package dev.threadwell.run;

import java.util.List;

/** The decision of the lifecycle about an event. */
public sealed interface Decision {

    /** The run changes to this state; the change and the effects are saved in one transaction. */
    record Move(Run run, List<Effect> effects) implements Decision {}

    /** The event is late or repeated: it is acknowledged and changes nothing. */
    record Ignore(String why) implements Decision {}

    /** The client's request is not possible in this state; the message is the API's error text. */
    record Refuse(String message) implements Decision {}
}
