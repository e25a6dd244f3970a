package dev.threadwell.runworker.turn.tool;

import dev.threadwell.runworker.text.WholeCharacters;
import java.util.Set;

/**
 * Streaming parser that extracts the code from the arguments of a call, {@code {"code":"…"}}, while
 * the model writes them. Models also write the code as plain text, or under another member name;
 * then the whole text is taken as the code.
 */
final class CodeArguments {

    private static final Set<String> MEMBERS = Set.of("code", "input");
    private static final int HEX_DIGITS = 4;

    private enum State {
        BEGINNING,
        BARE,
        MEMBER_AWAITED,
        NAME,
        COLON,
        VALUE,
        CODE,
        OTHER_TEXT,
        OTHER,
        DONE
    }

    private final StringBuilder written = new StringBuilder();
    private final StringBuilder code = new StringBuilder();
    private final StringBuilder name = new StringBuilder();
    private final StringBuilder escape = new StringBuilder();
    private final WholeCharacters characters = new WholeCharacters();
    private State state = State.BEGINNING;
    private boolean found;
    private int depth;
    private int shown;

    /** Takes the next piece and returns the new part of the code. */
    String take(String piece) {
        for (int i = 0; i < piece.length(); i++) {
            written.append(piece.charAt(i));
            next(piece.charAt(i));
        }
        return characters.take(unseen());
    }

    /** The remaining part of the code, at the end of the arguments. */
    String rest() {
        if (!found) {
            takeAsItIs();
        }
        return characters.take(unseen()) + characters.rest();
    }

    private String unseen() {
        String piece = code.substring(shown);
        shown = code.length();
        return piece;
    }

    /** The code so far. */
    String code() {
        return WholeCharacters.of(found ? code.toString() : written.toString());
    }

    private void next(char c) {
        switch (state) {
            case BEGINNING -> begin(c);
            case BARE -> code.append(c);
            case MEMBER_AWAITED -> member(c);
            case NAME -> nameGoesOn(c);
            case COLON -> colon(c);
            case VALUE -> value(c);
            case CODE -> codeGoesOn(c);
            case OTHER_TEXT -> otherTextGoesOn(c);
            case OTHER -> otherGoesOn(c);
            case DONE -> {
                // Text after the object is ignored.
            }
        }
    }

    private void begin(char c) {
        if (c == '{') {
            state = State.MEMBER_AWAITED;
        } else if (!Character.isWhitespace(c)) {
            takeAsItIs();
        }
    }

    private void takeAsItIs() {
        if (found) {
            state = State.DONE;
        } else {
            found = true;
            state = State.BARE;
            code.append(written);
        }
    }

    private void member(char c) {
        if (c == '"') {
            name.setLength(0);
            state = State.NAME;
        } else if (c == '}') {
            state = State.DONE;
        } else if (c != ',' && !Character.isWhitespace(c)) {
            takeAsItIs();
        }
    }

    private void nameGoesOn(char c) {
        if (c == '"') {
            state = State.COLON;
        } else {
            name.append(c);
        }
    }

    private void colon(char c) {
        if (c == ':') {
            state = State.VALUE;
        } else if (!Character.isWhitespace(c)) {
            takeAsItIs();
        }
    }

    private void value(char c) {
        if (Character.isWhitespace(c)) {
            return;
        }
        depth = 0;
        if (c == '"' && !found && MEMBERS.contains(name.toString())) {
            found = true;
            state = State.CODE;
        } else {
            state = State.OTHER;
            otherGoesOn(c);
        }
    }

    private void codeGoesOn(char c) {
        if (!escape.isEmpty()) {
            escaped(c);
        } else if (c == '\\') {
            escape.append(c);
        } else if (c == '"') {
            state = State.MEMBER_AWAITED;
        } else {
            code.append(c);
        }
    }

    private void escaped(char c) {
        escape.append(c);
        if (escape.charAt(1) != 'u') {
            code.append(unescaped(c));
            escape.setLength(0);
        } else if (escape.length() == HEX_DIGITS + 2) {
            code.append(fromHex(escape.substring(2)));
            escape.setLength(0);
        }
    }

    private static char unescaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> c;
        };
    }

    private static String fromHex(String digits) {
        return digits.chars().allMatch(d -> Character.digit(d, 16) >= 0)
                ? String.valueOf((char) Integer.parseInt(digits, 16))
                : "\\u" + digits;
    }

    private void otherTextGoesOn(char c) {
        if (!escape.isEmpty()) {
            escape.setLength(0);
        } else if (c == '\\') {
            escape.append(c);
        } else if (c == '"') {
            state = State.OTHER;
        }
    }

    private void otherGoesOn(char c) {
        switch (c) {
            case '"' -> state = State.OTHER_TEXT;
            case '{', '[' -> depth++;
            case '}', ']' -> {
                if (depth == 0) {
                    state = State.DONE;
                }
                depth--;
            }
            case ',' -> {
                if (depth == 0) {
                    state = State.MEMBER_AWAITED;
                }
            }
            default -> {
                // A number or a literal in a value that is skipped.
            }
        }
    }
}
