package dev.threadwell.runworker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.threadwell.topic.StreamEvent;
import dev.threadwell.wire.PublicJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Dependency rules of a run worker. */
class ArchitectureTest {

    private static final String HERE = "dev.threadwell.runworker";
    private static final String TURN = HERE + ".turn..";

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(HERE);

    @Test
    void itKnowsNoOtherService() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.threadwell.api..", "dev.threadwell.toolworker..")
                .check(CLASSES);
    }

    @Test
    void aTurnKnowsNoFrameworkButOurJson() {
        classes()
                .that()
                .resideInAPackage(TURN)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "com.fasterxml.jackson.databind",
                        TURN,
                        HERE + ".text",
                        "dev.threadwell.assistant",
                        "dev.threadwell.file",
                        "dev.threadwell.run",
                        "dev.threadwell.persistence..",
                        "dev.threadwell.thread",
                        "dev.threadwell.token",
                        "dev.threadwell.topic",
                        "dev.threadwell.wire")
                .check(CLASSES);
    }

    @Test
    void aTurnKnowsNoClockButItsOwn() {
        noClasses()
                .that()
                .resideInAPackage(TURN)
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(InstantSource.class, "system")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .check(CLASSES);
    }

    @Test
    void neitherATurnNorAModelTouchesAStore() {
        noClasses()
                .that()
                .resideInAnyPackage(TURN, HERE + ".model")
                .should()
                .dependOnClassesThat(
                        JavaClass.Predicates.resideInAPackage("dev.threadwell.persistence..")
                                .and(storeOfItsOwn()))
                .check(CLASSES);
    }

    private static com.tngtech.archunit.base.DescribedPredicate<JavaClass> storeOfItsOwn() {
        return com.tngtech.archunit.base.DescribedPredicate.describe(
                "are stores and not what they store",
                type -> type.isAnnotatedWith(ApplicationScoped.class));
    }

    @Test
    void nothingKnowsWhichDatabaseItIs() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.vertx.pgclient..",
                        "io.vertx.sqlclient..",
                        "io.vertx.mutiny.sqlclient..")
                .check(CLASSES);
    }

    /**
     * Deltas are built by hand from the model's output; no other code may declare bytes as public
     * JSON.
     */
    @Test
    void whatIsPublicAsItIsComesFromDeltasAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage(TURN)
                .and()
                .doNotHaveSimpleName("StreamWriter")
                .should()
                .callMethod(PublicJson.class, "written", byte[].class)
                .check(CLASSES);
    }

    @Test
    void eventsAreWrittenByOneWriterAlone() {
        noClasses()
                .that()
                .doNotHaveSimpleName("StreamWriter")
                .should()
                .callConstructor(
                        StreamEvent.class,
                        String.class,
                        int.class,
                        int.class,
                        String.class,
                        byte[].class)
                .orShould()
                .callConstructor(
                        StreamEvent.class, String.class, int.class, String.class, byte[].class)
                .check(CLASSES);
    }

    @Test
    void theRulesOfAnExecutionDoNothingThemselves() {
        classes()
                .that()
                .haveNameMatching(
                        ".*\\.execution\\.(Execution(Lifecycle|State|Event|Effect)|Transition|Backlog).*")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java.lang..",
                        "java.util..",
                        "org.jspecify..",
                        TURN,
                        HERE + ".execution",
                        "dev.threadwell.run",
                        "dev.threadwell.persistence..")
                .check(CLASSES);
    }

    @Test
    void everyPackageSaysWhatMayBeNull() {
        assertThat(
                        CLASSES.stream()
                                .map(JavaClass::getPackage)
                                .filter(p -> !p.isAnnotatedWith(NullMarked.class))
                                .map(JavaPackage::getName)
                                .collect(Collectors.toSet()))
                .isEmpty();
        assertThat(CLASSES).isNotEmpty();
    }

    @Test
    void noPackagesKnowEachOther() {
        slices().matching("dev.threadwell.(**)").should().beFreeOfCycles().check(CLASSES);
    }
}
