package dev.threadwell.api.routes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.Path;
import java.util.List;

/** The resource classes of this service. */
public final class Resources {

    /** All of them. */
    public static final List<Class<?>> ALL =
            new ClassFileImporter()
                            .withImportOption(new ImportOption.DoNotIncludeTests())
                            .importPackages("dev.threadwell.api")
                            .stream()
                            .filter(type -> type.isAnnotatedWith(Path.class))
                            .<Class<?>>map(JavaClass::reflect)
                            .toList();

    private Resources() {}
}
