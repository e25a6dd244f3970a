package dev.threadwell.api;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.threadwell.api.stream.SseEvent;
import dev.threadwell.wire.Json;
import dev.threadwell.wire.PublicJson;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who may know whom in the API service. */
class ArchitectureTest {

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.threadwell.api");

    /** These write the bodies of requests, and measure; what they write is no answer. */
    private static final Set<String> WRITES_STORED_JSON =
            Set.of("AssistantRequests", "ConversationRequests", "VersionOne", "RunCreation");

    @TestFactory
    Stream<DynamicTest> rules() {
        return Stream.of(
                        noClasses()
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(
                                        "dev.threadwell.runworker..", "dev.threadwell.toolworker..")
                                .as("no service knows another"),
                        noClasses()
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(
                                        "io.vertx.sqlclient..",
                                        "io.vertx.mutiny.sqlclient..",
                                        "java.sql..")
                                .as("SQL is the store's alone"),
                        noClasses()
                                .that()
                                .resideOutsideOfPackage("..stream..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("org.apache.kafka..")
                                .as("Kafka is read in stream/ alone"),
                        noClasses()
                                .that()
                                .resideOutsideOfPackage("..api.v1..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAPackage("..api.v1..")
                                .as("nothing knows the older wire"),
                        noClasses()
                                .that()
                                .resideInAnyPackage(
                                        "..api.entry..",
                                        "..api.http..",
                                        "..api.idempotency..",
                                        "..api.multipart..",
                                        "..api.routes..",
                                        "..api.validation..",
                                        "..api.versions..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(
                                        "..api.assistant..",
                                        "..api.thread..",
                                        "..api.message..",
                                        "..api.run..",
                                        "..api.stream..",
                                        "..api.model..")
                                .as("what every request passes knows no feature"),
                        noClasses()
                                .that()
                                .resideOutsideOfPackage("..api.stream..")
                                .should()
                                .callConstructor(
                                        SseEvent.class,
                                        String.class,
                                        String.class,
                                        PublicJson.class)
                                .as("frames are built in stream/ alone"),
                        noClasses()
                                .that()
                                .doNotHaveFullyQualifiedName(SseEvent.class.getName())
                                .should()
                                .callMethod(PublicJson.class, "written", byte[].class)
                                .as("what is read from run.stream alone is public as it is"),
                        noClasses()
                                .that(
                                        describe(
                                                "are neither v1's requests nor the size of a run",
                                                (JavaClass type) ->
                                                        !WRITES_STORED_JSON.contains(
                                                                type.getSimpleName())))
                                .should()
                                .callMethod(Json.class, "bytes", Object.class)
                                .orShould()
                                .callMethod(Json.class, "compact", Object.class)
                                .as("what clients see is written as public JSON"),
                        slices().matching("dev.threadwell.api.(*)..").should().beFreeOfCycles())
                .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> check(rule)));
    }

    private static void check(ArchRule rule) {
        rule.check(CLASSES);
    }

    @Test
    void nullIsMarkedEverywhere() {
        assertThat(CLASSES.getPackage("dev.threadwell.api").getSubpackages())
                .isNotEmpty()
                .allMatch(p -> p.isAnnotatedWith(NullMarked.class), "is null-marked");
        assertThat(CLASSES.getPackage("dev.threadwell.api"))
                .matches((JavaPackage p) -> p.isAnnotatedWith(NullMarked.class));
    }
}
