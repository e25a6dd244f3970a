package dev.threadwell.platform;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Dependency rules of the platform module. */
class ArchitectureTest {

    private static final String HERE = "dev.threadwell.platform";

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(HERE);

    @Test
    void onlyTheOutboxAndLeasesSpeakSql() {
        noClasses()
                .that()
                .resideOutsideOfPackages(HERE + ".outbox..", HERE + ".lease..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..sqlclient..", "io.vertx..pgclient..")
                .check(CLASSES);
    }

    @Test
    void onlyTheOutboxAndItsConnectionsSpeakToKafka() {
        noClasses()
                .that()
                .resideOutsideOfPackages(HERE + ".outbox..", HERE + ".kafka..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(CLASSES);
    }

    @Test
    void noPackagesKnowEachOther() {
        slices().matching(HERE + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void everyPackageSaysWhatMayBeNull() {
        assertThat(CLASSES.stream().map(c -> c.getPackage()).distinct().toList())
                .hasSizeGreaterThan(5)
                .allMatch(p -> p.isAnnotatedWith(NullMarked.class), "is @NullMarked");
    }
}
