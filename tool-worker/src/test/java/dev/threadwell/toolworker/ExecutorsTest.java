package dev.threadwell.toolworker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.toolworker.settings.ToolConfig;
import dev.threadwell.topic.ToolRequested;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every kind of tool is executed by one class, and a worker that lacks one does not start. */
class ExecutorsTest {

    private record Executor(ToolKind kind) implements ToolExecutor {

        @Override
        public ToolOutput execute(ToolRequested call) {
            return new ToolOutput.Text("done");
        }
    }

    /**
     * Executors read at most settings in their constructors, so that here they can do without the
     * rest.
     */
    private static ToolExecutor executor(Class<?> type) {
        try {
            Constructor<?> injected =
                    Stream.of(type.getDeclaredConstructors())
                            .filter(one -> one.isAnnotationPresent(Inject.class))
                            .findFirst()
                            .orElseThrow();
            injected.setAccessible(true);
            return (ToolExecutor)
                    injected.newInstance(
                            Stream.of(injected.getParameterTypes())
                                    .map(ExecutorsTest::nothing)
                                    .toArray());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static @Nullable Object nothing(Class<?> type) {
        return type == ToolConfig.class ? new Defaults() : null;
    }

    /** The settings as they are when nothing is set. */
    private record Defaults() implements ToolConfig {

        @Override
        public int callsAtOnce() {
            return 32;
        }

        @Override
        public int outputBytes() {
            return 524_288;
        }

        @Override
        public Duration drain() {
            return Duration.ofSeconds(5);
        }
    }

    private static List<ToolExecutor> executors() {
        return new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("dev.threadwell.toolworker")
                        .stream()
                        .filter(type -> type.isAssignableTo(ToolExecutor.class))
                        .filter(type -> type.isAnnotatedWith(ApplicationScoped.class))
                        .map(JavaClass::reflect)
                        .<ToolExecutor>map(ExecutorsTest::executor)
                        .toList();
    }

    @Test
    void everyKindThatCanBeCalledIsExecutedByOneClass() {
        assertThat(executors().stream().map(ToolExecutor::kind))
                .containsExactlyInAnyOrderElementsOf(
                        ToolKind.ALL.stream()
                                .filter(kind -> !ToolKind.NEVER_CALLED.contains(kind))
                                .toList());
    }

    @Test
    void aWorkerThatLacksAnExecutorDoesNotStart() {
        List<ToolExecutor> some =
                ToolKind.ALL.stream()
                        .filter(kind -> !kind.equals(ToolKind.MCP))
                        .<ToolExecutor>map(Executor::new)
                        .toList();

        assertThatThrownBy(() -> OnToolRequested.complete(some))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("mcp");
    }

    @Test
    void aWorkerMayExecuteMore() {
        List<ToolExecutor> more =
                Stream.concat(ToolKind.ALL.stream(), Stream.of(new ToolKind("echo")))
                        .<ToolExecutor>map(Executor::new)
                        .toList();

        assertThat(OnToolRequested.complete(more)).isEqualTo(more);
    }
}
