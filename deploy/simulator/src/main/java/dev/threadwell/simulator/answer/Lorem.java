package dev.threadwell.simulator.answer;

import java.util.AbstractList;
import java.util.List;

/** A text of any length that takes no memory: one list of words, over and over. */
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

    /** A text of exactly so many tokens that begins with the given ones. */
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
