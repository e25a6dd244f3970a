package dev.threadwell.api.routes;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A method of a resource class with its declarations.
 *
 * @param method the HTTP method
 * @param template the path with its variables
 * @param path the pattern of the paths that match the template
 * @param effect what the method does; null unless it is a POST
 */
public record Endpoint(
        String method,
        String template,
        Pattern path,
        @Nullable PostEffect effect,
        boolean takesForm,
        boolean streamsBody) {

    private static final String POST = "POST";
    private static final Pattern VARIABLE = Pattern.compile("\\{[^{}:]*(?::\\s*([^{}]*))?\\}");

    /**
     * The order in which JAX-RS chooses among matching paths: more literal characters come first.
     */
    static final Comparator<Endpoint> CLOSEST_FIRST =
            Comparator.comparingInt(Endpoint::literals).reversed();

    /** The endpoints of a resource class; throws if a POST does not declare its effect. */
    static Stream<Endpoint> of(Class<?> resource) {
        String base = base(resource);
        return Arrays.stream(resource.getDeclaredMethods())
                .flatMap(method -> verb(method).map(verb -> of(verb, base, method)));
    }

    /** The path of a resource class. */
    static String base(Class<?> resource) {
        return path(resource.getAnnotation(Path.class));
    }

    private static String path(@Nullable Path declared) {
        if (declared == null) {
            return "";
        }
        return declared.value().startsWith("/") ? declared.value() : "/" + declared.value();
    }

    private static Stream<String> verb(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(Objects::nonNull)
                .map(HttpMethod::value);
    }

    private static Endpoint of(String verb, String base, Method method) {
        String template = base + path(method.getAnnotation(Path.class));
        List<PostEffect> effects =
                Arrays.stream(method.getAnnotations())
                        .flatMap(annotation -> effect(annotation, template, method))
                        .toList();
        if (effects.size() != (verb.equals(POST) ? 1 : 0)) {
            throw new IllegalStateException(
                    ("%s %s (%s) has to say what a repetition of it finds, by one of @Creates,"
                                    + " @Changes and @SafeToRepeat; only a POST has to.")
                            .formatted(verb, template, method));
        }
        return new Endpoint(
                verb,
                template,
                compiled(template),
                effects.isEmpty() ? null : effects.getFirst(),
                method.isAnnotationPresent(TakesForm.class),
                method.isAnnotationPresent(StreamsBody.class));
    }

    private static Stream<PostEffect> effect(
            Annotation annotation, String template, Method method) {
        return switch (annotation) {
            case Creates creates ->
                    Stream.of(
                            new PostEffect.Creates(
                                    creates.value(),
                                    creates.in().length == 0 ? null : creates.in()[0]));
            case Changes changes -> Stream.of(changes(changes, template, method));
            case SafeToRepeat _ -> Stream.of(new PostEffect.Harmless());
            default -> Stream.empty();
        };
    }

    private static PostEffect changes(Changes changes, String template, Method method) {
        int end = template.lastIndexOf('}') + 1;
        if (end == 0) {
            throw new IllegalStateException(
                    "%s (%s) names no object that it could change.".formatted(template, method));
        }
        int segments = (int) template.substring(0, end).chars().filter(c -> c == '/').count();
        String rest = template.substring(end);
        return new PostEffect.Changes(
                changes.value(), segments, rest.isEmpty() ? rest : rest.substring(1));
    }

    private static Pattern compiled(String template) {
        StringBuilder regex = new StringBuilder();
        var variables = VARIABLE.matcher(template);
        int from = 0;
        while (variables.find()) {
            String own = variables.group(1);
            regex.append(Pattern.quote(template.substring(from, variables.start())))
                    .append("(?:")
                    .append(own == null ? "[^/]+" : own)
                    .append(')');
            from = variables.end();
        }
        return Pattern.compile(regex.append(Pattern.quote(template.substring(from))).toString());
    }

    private int literals() {
        return VARIABLE.matcher(template).replaceAll("").length();
    }

    boolean matches(String verb, String requested) {
        return method.equals(verb) && path.matcher(requested).matches();
    }

    /** The route of this endpoint: its own declarations, added to those for its path. */
    Route in(Route around) {
        return new Route(
                effect, takesForm, streamsBody, around.beta(), around.newIn(), around.quirks());
    }
}
