package dev.threadwell.platform.metrics;

import dev.threadwell.platform.settings.ModelConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The label {@code model}: the names that the operator has configured. A model that has one of them
 * as its beginning is counted under the longest such name, any other model under {@code other}.
 */
@ApplicationScoped
public class ModelLabel {

    private final LabelValues values;
    private final List<String> longestFirst;

    @Inject
    public ModelLabel(MetricsConfig config, ModelConfig models) {
        this(configured(config, models));
    }

    /** The label with these names. */
    public ModelLabel(Collection<String> names) {
        this.values = LabelValues.of(names);
        this.longestFirst =
                names.stream().distinct().sorted((a, b) -> b.length() - a.length()).toList();
    }

    private static Set<String> configured(MetricsConfig config, ModelConfig models) {
        Set<String> names = new LinkedHashSet<>(config.models().orElse(List.of()));
        names.addAll(models.contextWindows().keySet());
        names.addAll(models.textOnly().orElse(List.of()));
        names.removeIf(String::isBlank);
        return names;
    }

    /** The value for this model. */
    public String of(String model) {
        return longestFirst.stream()
                .filter(model::startsWith)
                .findFirst()
                .orElse(LabelValues.OTHER);
    }

    /** All values of the label. */
    public Set<String> all() {
        return values.all();
    }
}
