package dev.threadwell.clients;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Counts the tests that call the Java SDK themselves; it runs in this JVM. */
final class CountedForConformance implements AfterTestExecutionCallback {

    private static final Subject SUBJECT =
            new Subject(
                    "openai-java (Maven Central)",
                    System.getProperty("threadwell.test.openai-java"),
                    "v2",
                    "probe, strict");

    @Override
    public void afterTestExecution(ExtensionContext context) {
        Conformance.saw(
                SUBJECT, context.getUniqueId(), context.getExecutionException().isEmpty(), false);
    }
}
