package dev.threadwell.simulator.answer;

import java.util.AbstractList;
import java.util.List;

/** A filler text of any length that needs constant memory, because it repeats one list of words. */
final class Lorem extends AbstractList<String> {
    private static final List<String> WORDS =
            List.of(
                    " lorem",
                    " ipsum",
                    " dolor",
                    " sit",
                    " amet",
                    " consectetur",
                    " adipiscing",
                    " elit",
                    " sed",
                    " do",
                    " eiusmod",
                    " tempor",
                    " incididunt",
                    " ut",
                    " labore",
                    " et",
                    " dolore",
                    " magna",
                    " aliqua");

    private final List<String> beginning;
    private final int size;

    /** Creates a text of exactly {@code size} tokens that begins with the given tokens. */
    Lorem(List<String> beginning, int size) {
        this.beginning = beginning;
        this.size = size;
    }

    @Override
    public String get(int index) {
        if (index < beginning.size()) {
            return beginning.get(index);
        }
        String word = WORDS.get((index - beginning.size()) % WORDS.size());
        return index == 0 ? word.substring(1) : word;
    }

    @Override
    public int size() {
        return size;
    }
}
