package dev.threadwell.api;

import io.quarkus.arc.Arc;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An endpoint of the running application.
 *
 * @param path with the kind of each id in its place: {@code /v1/threads/$thread/runs/$run}
 * @param answer what it answers with
 */
record Endpoint(String method, String path, String answer) {

    private static final Pattern PARAMETER = Pattern.compile("([a-z_]+)/\\{[^}]+}");

    private static final Map<String, String> KINDS =
            Map.of(
                    "assistants", "assistant",
                    "threads", "thread",
                    "messages", "message",
                    "runs", "run",
                    "steps", "step",
                    "files", "file",
                    "uploads", "upload",
                    "vector_stores", "store",
                    "file_batches", "batch",
                    "models", "model");

    /** All that a project's key opens, as the application itself knows them. */
    static List<Endpoint> all() {
        // The beans and not their instances: of these an alternative would hide all others.
        return Arc.container().beanManager().getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .<Class<?>>map(Bean::getBeanClass)
                .filter(type -> type.isAnnotationPresent(Path.class))
                .filter(type -> !type.getPackageName().startsWith("dev.threadwell.api.admin"))
                .distinct()
                .flatMap(type -> Stream.of(type.getDeclaredMethods()).map(Endpoint::of))
                .filter(Objects::nonNull)
                .sorted(Comparator.comparing(Endpoint::name))
                .toList();
    }

    private static Endpoint of(Method method) {
        for (Annotation annotation : method.getAnnotations()) {
            HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
            if (verb != null) {
                String root = method.getDeclaringClass().getAnnotation(Path.class).value();
                Path more = method.getAnnotation(Path.class);
                String path = more == null ? root : root + more.value();
                return new Endpoint(
                        verb.value(),
                        PARAMETER.matcher(path).replaceAll(Endpoint::kind),
                        method.getGenericReturnType().getTypeName());
            }
        }
        return null;
    }

    private static String kind(MatchResult parameter) {
        String of = parameter.group(1);
        return of + "/\\$" + Objects.requireNonNull(KINDS.get(of), "what is one of " + of + "?");
    }

    String name() {
        return method + " " + path;
    }

    /** Whether only the older version of the wire has it. */
    boolean isOlder() {
        return path.matches("/v1/(assistants|threads)/.*/files(/.*)?");
    }

    /** Whether it answers with a page of a list. */
    boolean lists() {
        return answer.contains(".Page<") || answer.contains("FileList");
    }
}
