package dev.threadwell.simulator.answer;

/** The token counts that an answer reports for its request and itself. */
public record SimulatedUsage(int promptTokens, int completionTokens) {
    public int totalTokens() {
        return promptTokens + completionTokens;
    }
}
