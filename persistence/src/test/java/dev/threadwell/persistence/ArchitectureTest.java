package dev.threadwell.persistence;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Dependency rules of the persistence module. */
class ArchitectureTest {

    private static final String HERE = "dev.threadwell.persistence";

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(HERE);

    @Test
    void noStoreSpeaksToKafka() {
        noClasses()
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
                .hasSizeGreaterThan(6)
                .allMatch(p -> p.isAnnotatedWith(NullMarked.class), "is @NullMarked");
    }
}
