package dev.threadwell.toolworker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Who may know whom in a tool worker. */
class ArchitectureTest {

    private static final String HERE = "dev.threadwell.toolworker";

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(HERE);

    @Test
    void itKnowsNoOtherService() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.threadwell.api..", "dev.threadwell.runworker..")
                .check(CLASSES);
    }

    @Test
    void sqlIsTheStoresAlone() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.vertx.sqlclient..",
                        "io.vertx.mutiny.sqlclient..",
                        "io.vertx.pgclient..")
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
