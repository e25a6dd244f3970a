package dev.threadwell.toolworker.codeinterpreter;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Says whether code is executed, and why not. A worker without a sandbox is ready all the same: it
 * has other tools, and answers calls of this one.
 */
@Readiness
@ApplicationScoped
public class CodeInterpreterReadiness implements HealthCheck {

    private final CodeInterpreter interpreter;

    @Inject
    public CodeInterpreterReadiness(CodeInterpreter interpreter) {
        this.interpreter = interpreter;
    }

    @Override
    public HealthCheckResponse call() {
        String hindrance = interpreter.hindrance();
        HealthCheckResponseBuilder said =
                HealthCheckResponse.named("The code interpreter is known").up();
        return hindrance == null
                ? said.withData("available", true).build()
                : said.withData("available", false).withData("reason", hindrance).build();
    }
}
