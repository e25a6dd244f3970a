package dev.threadwell.standalone;

import dev.threadwell.embedded.CannotStart;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The search engine for the web, from the environment, or the simulator in its place. */
final class SearchProvider {

    private static final String PREFIX = "threadwell.web-search.";
    private static final String ENGINE = PREFIX + "engine";
    private static final String BASE_URL = PREFIX + "base-url";
    private static final String API_KEY = PREFIX + "api-key";

    private static final String SEARXNG = "searxng";
    private static final List<String> ENGINES = List.of(SEARXNG, "tavily");

    private SearchProvider() {}

    /** The configuration properties that the environment sets; empty if it names no engine. */
    static Map<String, String> of(Map<String, String> environment) {
        Map<String, String> properties = new LinkedHashMap<>();
        put(properties, BASE_URL, environment, "SEARCH_BASE_URL");
        put(properties, API_KEY, environment, "SEARCH_API_KEY");
        put(properties, ENGINE, environment, "SEARCH_ENGINE");
        if (properties.isEmpty()) {
            return Map.of();
        }
        String engine = properties.getOrDefault(ENGINE, SEARXNG).toLowerCase(Locale.ROOT);
        properties.put(ENGINE, engine);
        if (!ENGINES.contains(engine)) {
            throw new CannotStart(
                    "SEARCH_ENGINE is '%s'. It may be %s."
                            .formatted(engine, String.join(" or ", ENGINES)));
        }
        if (engine.equals(SEARXNG) && !properties.containsKey(BASE_URL)) {
            throw new CannotStart("SEARCH_BASE_URL is missing: where is the SearXNG instance?");
        }
        return Map.copyOf(properties);
    }

    /** Whether these configuration properties name an engine. */
    static boolean isNamed(Map<String, String> properties) {
        return properties.containsKey(ENGINE);
    }

    /** The configuration properties for the simulator on this port. */
    static Map<String, String> simulated(int port) {
        return Map.of(ENGINE, SEARXNG, BASE_URL, "http://127.0.0.1:" + port);
    }

    private static void put(
            Map<String, String> properties,
            String property,
            Map<String, String> environment,
            String variable) {
        String value = environment.getOrDefault(variable, environment.get(longName(property)));
        if (value != null && !value.isBlank()) {
            properties.put(property, value.strip());
        }
    }

    /** The variable that sets the property of a service. */
    private static String longName(String property) {
        return property.replaceAll("[^a-z]", "_").toUpperCase(Locale.ROOT);
    }
}
