package dev.threadwell.simulator.direction;

import dev.threadwell.simulator.json.SimulatorJson;
import dev.threadwell.simulator.request.ChatRequest;
import dev.threadwell.simulator.request.Role;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the direction in a conversation. */
public final class Directions {
    private static final Pattern START = Pattern.compile("\\bsimulate\\b\\s*(?=\\{)");

    private Directions() {}

    /**
     * Returns the direction for the next sampling: the given one for the first after a user
     * message, its {@code then} for the second, and so on. The last one of a chain repeats itself,
     * unless it calls functions: then the built-in script continues, as it does without a
     * direction. A direction in the conversation goes before one that was given ahead.
     */
    public static Direction forNextSampling(ChatRequest request, Parts parts) {
        Direction direction = find(request, parts);
        if (direction == null) {
            return Direction.none();
        }
        long sampled =
                request.afterLastUser().stream().filter(m -> m.role() == Role.ASSISTANT).count();
        return after(sampled, direction).spokenIn(direction.dialect());
    }

    private static Direction after(long sampled, Direction first) {
        Direction direction = first;
        for (long i = 0; i < sampled; i++) {
            Direction next = direction.then();
            if (next == null) {
                return direction.content().calls().isEmpty() ? direction : Direction.none();
            }
            direction = next;
        }
        return direction;
    }

    /** The direction in a text; the default one if there is none. */
    public static Direction of(String text) {
        Direction direction = in(text);
        return direction == null ? Direction.none() : direction;
    }

    /** The user's text without the direction. */
    public static String withoutDirection(String text) {
        Matcher start = START.matcher(text);
        if (!start.find()) {
            return text.strip();
        }
        int end = parse(text, start.end()).end();
        return (text.substring(0, start.start()).strip() + " " + text.substring(end).strip())
                .strip();
    }

    private static @Nullable Direction find(ChatRequest request, Parts parts) {
        Direction byUser = in(request.lastUserText());
        if (byUser != null) {
            return byUser;
        }
        for (String text : request.systemTexts()) {
            Direction bySystem = in(text);
            if (bySystem != null) {
                return bySystem;
            }
        }
        return parts.in(request).orElse(null);
    }

    private static @Nullable Direction in(String text) {
        Matcher start = START.matcher(text);
        return start.find() ? DirectionReader.read(parse(text, start.end()).value()) : null;
    }

    private static SimulatorJson.Found parse(String text, int start) {
        try {
            return SimulatorJson.readAt(text, start);
        } catch (IOException e) {
            throw DirectionFields.refused("what follows the word 'simulate' is not JSON.");
        }
    }
}
