package dev.threadwell.toolworker.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The real sandbox, and programs in it whose limits are tight enough to be hit in a test. */
public final class SandboxForTests {

    private static final long MIB = 1 << 20;

    /** Only a program that hangs takes so long, on the busiest machine. */
    static final Duration LONG = Duration.ofMinutes(3);

    public static final SandboxLimits LIMITS =
            new SandboxLimits(
                    512 * MIB,
                    512 * MIB,
                    32,
                    Duration.ofSeconds(20),
                    LONG,
                    4 * MIB,
                    32 * MIB,
                    2_000);

    private SandboxForTests() {}

    /** One made with these settings, each a name and a value. */
    public static Sandbox sandbox(String... settings) {
        return new Sandbox(config(settings));
    }

    public static SandboxConfig config(String... settings) {
        var config = new SmallRyeConfigBuilder().withMapping(SandboxConfig.class);
        for (int i = 0; i < settings.length; i += 2) {
            config.withDefaultValue("threadwell.sandbox." + settings[i], settings[i + 1]);
        }
        return config.build().getConfigMapping(SandboxConfig.class);
    }

    static SandboxedProgram python(SandboxLimits limits, String code) {
        return new SandboxedProgram(
                List.of("/usr/bin/python3", "-I", "-c", code), Map.of(), Map.of(), limits);
    }

    /** What became of a program. */
    record Outcome(int exitValue, String output, String errors) {}

    static Outcome run(Sandbox sandbox, SandboxedProgram program) {
        try (SandboxProcess running = sandbox.start(program)) {
            running.input().close();
            String output =
                    new String(running.output().readAllBytes(), StandardCharsets.UTF_8).strip();
            assertThat(running.waitFor(LONG)).isTrue();
            return new Outcome(running.exitValue(), output, running.diagnosis());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
