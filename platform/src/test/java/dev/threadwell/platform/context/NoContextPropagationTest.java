package dev.threadwell.platform.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The context of a thread is not propagated to the steps of a pipeline; traces do without it. */
class NoContextPropagationTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @BeforeEach
    void hold() {
        Infrastructure.reload();
        CarriedValue.set("span");
    }

    @AfterEach
    void restore() {
        CarriedValue.set(null);
        Infrastructure.reload();
    }

    /** The value that a step on another thread sees. */
    private static Optional<String> carried() {
        return Uni.createFrom()
                .item(1)
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(_ -> Optional.ofNullable(CarriedValue.get()))
                .await()
                .atMost(LONG);
    }

    @Test
    void aContextOfTheThreadIsNotCarriedAlong() {
        new NoContextPropagation().start(new StartupEvent());
        assertThat(carried()).isEmpty();
    }

    /** The control for the test above: without the switch, the value is propagated. */
    @Test
    void withoutTheSwitchItIs() {
        assertThat(carried()).contains("span");
    }

    @Test
    void aContextOfThePipelineIsCarriedAlong() {
        new NoContextPropagation().start(new StartupEvent());
        String found =
                Uni.createFrom()
                        .context(
                                context ->
                                        Uni.createFrom()
                                                .item(1)
                                                .emitOn(Infrastructure.getDefaultWorkerPool())
                                                .map(_ -> context.<String>get("span")))
                        .awaitUsing(io.smallrye.mutiny.Context.of("span", "abc"))
                        .atMost(LONG);
        assertThat(found).isEqualTo("abc");
    }
}
