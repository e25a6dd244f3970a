package dev.threadwell.bench.report;

import java.util.List;

/**
 * What measuring a row gave.
 *
 * @param details Markdown that says where it goes; may be empty
 */
public record Measured(List<Figure> figures, String details) {}
