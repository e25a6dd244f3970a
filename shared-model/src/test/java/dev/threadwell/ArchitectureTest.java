package dev.threadwell;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Dependency rules of the shared model. */
class ArchitectureTest {

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.threadwell")
                    .that(JavaClass.Predicates.resideOutsideOfPackage("dev.threadwell.test.."));

    private static final String[] CORE = {
        "dev.threadwell.run..",
        "dev.threadwell.assistant..",
        "dev.threadwell.thread..",
        "dev.threadwell.vectorstore..",
        "dev.threadwell.file..",
        "dev.threadwell.project..",
        "dev.threadwell.topic.."
    };

    @TestFactory
    Stream<DynamicTest> rules() {
        List<ArchRule> rules =
                List.of(
                        classes()
                                .that()
                                .resideInAnyPackage(CORE)
                                .should()
                                .onlyDependOnClassesThat()
                                .resideInAnyPackage(
                                        Stream.concat(
                                                        Stream.of(CORE),
                                                        Stream.of("java..", "org.jspecify.."))
                                                .toArray(String[]::new))
                                .as("the core knows no framework"),
                        noClasses()
                                .that()
                                .resideInAnyPackage(CORE)
                                .should()
                                .callMethod(Instant.class, "now")
                                .orShould()
                                .callMethod(System.class, "currentTimeMillis")
                                .orShould()
                                .callMethod(System.class, "nanoTime")
                                .orShould()
                                .callMethod(LocalDateTime.class, "now")
                                .orShould()
                                .callMethod(ZonedDateTime.class, "now")
                                .orShould()
                                .dependOnClassesThat()
                                .areAssignableTo(InstantSource.class)
                                .orShould()
                                .dependOnClassesThat()
                                .areAssignableTo(Clock.class)
                                .as("the core asks no clock"),
                        noClasses()
                                .that()
                                .resideInAPackage("dev.threadwell.run..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(
                                        "dev.threadwell.topic..", "dev.threadwell.thread..")
                                .as("a run knows neither topics nor threads"),
                        classes()
                                .that()
                                .resideOutsideOfPackages(
                                        "dev.threadwell.wire..", "dev.threadwell.token..")
                                .should()
                                .onlyDependOnClassesThat()
                                .resideInAnyPackage("java..", "org.jspecify..", "dev.threadwell..")
                                .as(
                                        "JSON is read and written in wire alone, tokens are counted in token"),
                        noClasses()
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(
                                        "dev.threadwell.platform..", "dev.threadwell.persistence..")
                                .as("the model knows neither the platform nor the stores"),
                        slices().matching("dev.threadwell.(*)..").should().beFreeOfCycles());
        return rules.stream()
                .map(
                        rule ->
                                DynamicTest.dynamicTest(
                                        rule.getDescription(), () -> rule.check(CLASSES)));
    }

    @Test
    void everyPackageIsNullMarked() {
        List<JavaPackage> packages = CLASSES.stream().map(c -> c.getPackage()).distinct().toList();
        assertThat(packages)
                .hasSizeGreaterThan(6)
                .allMatch(p -> p.isAnnotatedWith(NullMarked.class), "is @NullMarked");
    }
}
