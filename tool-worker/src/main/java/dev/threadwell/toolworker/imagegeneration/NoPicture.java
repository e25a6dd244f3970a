package dev.threadwell.toolworker.imagegeneration;

/** A call makes no picture, for a reason that the model is told. */
final class NoPicture extends Exception {

    private static final long serialVersionUID = 1L;

    /** What kind of reason it is, for clients. */
    enum Code {
        INVALID_ARGUMENTS("invalid_arguments"),
        NOT_CONFIGURED("not_configured"),
        NO_ROOM("no_room"),
        REFUSED("refused"),
        PROVIDER_FAILED("provider_failed");

        private final String wire;

        Code(String wire) {
            this.wire = wire;
        }

        String wire() {
            return wire;
        }
    }

    private final Code code;

    /** Creates one with the reason as a clause that follows "No picture was made:". */
    NoPicture(Code code, String why) {
        super("No picture was made: " + why + (why.endsWith(".") ? "" : "."), null, false, false);
        this.code = code;
    }

    Code code() {
        return code;
    }

    /** The reason as a sentence for the model. */
    String told() {
        return String.valueOf(getMessage());
    }
}
