package dev.threadwell.bench.report;

import java.util.List;

/**
 * The result of measuring a row.
 *
 * @param details Markdown with a breakdown; may be empty
 */
public record Measured(List<Figure> figures, String details) {}
