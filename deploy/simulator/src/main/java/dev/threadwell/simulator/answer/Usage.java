package dev.threadwell.simulator.answer;

/** The tokens that a request and its answer are said to have cost. */
public record Usage(int promptTokens, int completionTokens) {
    public int totalTokens() {
        return promptTokens + completionTokens;
    }
}
