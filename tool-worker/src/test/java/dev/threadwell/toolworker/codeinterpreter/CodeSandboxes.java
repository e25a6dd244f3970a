package dev.threadwell.toolworker.codeinterpreter;

import dev.threadwell.toolworker.sandbox.SandboxForTests;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;

/** Sandboxes for code, with settings of their own. */
final class CodeSandboxes {

    private CodeSandboxes() {}

    static CodeConfig config(String... settings) {
        var config =
                new SmallRyeConfigBuilder()
                        .withConverter(Duration.class, 100, new DurationConverter())
                        .withMapping(CodeConfig.class);
        for (int i = 0; i < settings.length; i += 2) {
            config.withDefaultValue("threadwell.code-interpreter." + settings[i], settings[i + 1]);
        }
        return config.build().getConfigMapping(CodeConfig.class);
    }

    static CodeSandbox bubblewrap(String... settings) {
        return new BubblewrapSandbox(SandboxForTests.sandbox(), config(settings));
    }
}
