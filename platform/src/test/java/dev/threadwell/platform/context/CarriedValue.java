package dev.threadwell.platform.context;

import java.util.Map;
import org.eclipse.microprofile.context.spi.ThreadContextProvider;
import org.eclipse.microprofile.context.spi.ThreadContextSnapshot;
import org.jspecify.annotations.Nullable;

/** A thread context for tests that can be propagated like a request scope or a tracing span. */
public final class CarriedValue implements ThreadContextProvider {

    private static final ThreadLocal<@Nullable String> VALUE = new ThreadLocal<>();

    static @Nullable String get() {
        return VALUE.get();
    }

    static void set(@Nullable String value) {
        VALUE.set(value);
    }

    @Override
    public ThreadContextSnapshot currentContext(Map<String, String> properties) {
        return restoring(VALUE.get());
    }

    @Override
    public ThreadContextSnapshot clearedContext(Map<String, String> properties) {
        return restoring(null);
    }

    private static ThreadContextSnapshot restoring(@Nullable String value) {
        return () -> {
            String before = VALUE.get();
            VALUE.set(value);
            return () -> VALUE.set(before);
        };
    }

    @Override
    public String getThreadContextType() {
        return "CarriedValue";
    }
}
