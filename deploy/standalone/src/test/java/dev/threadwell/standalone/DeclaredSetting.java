package dev.threadwell.standalone;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import io.smallrye.config.common.utils.StringUtil;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One setting, as a {@link ConfigMapping} declares it.
 *
 * @param declaration the interface and the method, as {@code HttpConfig.keepAlive}
 */
record DeclaredSetting(String name, String declaration, Optional<String> standard) {

    /** All settings that this mapping and the interfaces in it declare. */
    static List<DeclaredSetting> of(Class<?> mapping) {
        List<DeclaredSetting> all = new ArrayList<>();
        add(prefix(mapping), mapping, all);
        return all;
    }

    /** What the names of a mapping's settings begin with. */
    static String prefix(Class<?> mapping) {
        return Objects.requireNonNull(mapping.getAnnotation(ConfigMapping.class)).prefix();
    }

    private static void add(String prefix, Class<?> group, List<DeclaredSetting> all) {
        for (Method method : group.getDeclaredMethods()) {
            String name =
                    method.isAnnotationPresent(WithParentName.class)
                            ? prefix
                            : prefix + "." + StringUtil.skewer(method.getName());
            if (Arrays.asList(group.getDeclaredClasses()).contains(method.getReturnType())
                    && method.getReturnType().isInterface()) {
                add(name, method.getReturnType(), all);
            } else {
                WithDefault standard = method.getAnnotation(WithDefault.class);
                all.add(
                        new DeclaredSetting(
                                name + (method.getReturnType() == Map.class ? ".\"name\"" : ""),
                                group.getSimpleName() + "." + method.getName(),
                                Optional.ofNullable(standard).map(WithDefault::value)));
            }
        }
    }

    /** The environment variable that sets it. */
    String variable() {
        return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
