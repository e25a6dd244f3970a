package dev.threadwell.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/**
 * The class path of the assembly. That no class is in two of its jars is a rule of the build
 * (`one-class-one-jar` in the root POM).
 */
class ClassPathTest {

    private static final String SERVICES = "META-INF/services/";

    /** All providers of these are used, or they say themselves which of them comes first. */
    private static final Set<String> WITH_SEVERAL_PROVIDERS =
            Set.of(
                    "com.fasterxml.jackson.core.JsonFactory",
                    "com.fasterxml.jackson.core.ObjectCodec",
                    "com.fasterxml.jackson.databind.Module",
                    "dev.langchain4j.spi.model.embedding.EmbeddingModelFactory",
                    "io.fabric8.kubernetes.api.model.KubernetesResource",
                    "io.grpc.LoadBalancerProvider",
                    "io.grpc.NameResolverProvider",
                    "io.opentelemetry.sdk.autoconfigure.spi.logs.ConfigurableLogRecordExporterProvider",
                    "io.opentelemetry.sdk.autoconfigure.spi.metrics.ConfigurableMetricExporterProvider",
                    "io.opentelemetry.sdk.autoconfigure.spi.traces.ConfigurableSpanExporterProvider",
                    "io.quarkus.datasource.runtime.DatabaseSchemaProvider",
                    "io.quarkus.dev.spi.HotReplacementSetup",
                    "io.quarkus.kubernetes.service.binding.runtime.ServiceBindingConverter",
                    "jakarta.enterprise.inject.spi.Extension",
                    "jakarta.persistence.spi.PersistenceProvider",
                    "java.sql.Driver",
                    "org.apache.lucene.analysis.TokenizerFactory",
                    "org.eclipse.microprofile.config.spi.Converter",
                    "org.flywaydb.core.extensibility.Plugin",
                    "org.jboss.logmanager.ConfiguratorFactory",
                    "org.junit.platform.engine.TestEngine");

    private static List<File> jars() {
        return List.of(System.getProperty("java.class.path").split(File.pathSeparator)).stream()
                .filter(entry -> entry.endsWith(".jar"))
                .map(File::new)
                .filter(File::exists)
                .toList();
    }

    private static Map<String, Set<String>> jarsOfServices() {
        Map<String, Set<String>> jars = new TreeMap<>();
        for (File file : jars()) {
            try (ZipFile jar = new ZipFile(file)) {
                jar.stream()
                        .map(ZipEntry::getName)
                        .filter(name -> name.startsWith(SERVICES) && !name.endsWith("/"))
                        .map(name -> name.substring(SERVICES.length()))
                        .forEach(
                                service ->
                                        jars.computeIfAbsent(service, _ -> new TreeSet<>())
                                                .add(file.getName()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return jars;
    }

    @Test
    void anApiHasOneProvider() {
        Map<String, Set<String>> services = jarsOfServices();
        assertThat(services).containsKey("org.slf4j.spi.SLF4JServiceProvider");

        services.keySet().removeAll(WITH_SEVERAL_PROVIDERS);
        services.values().removeIf(jars -> jars.size() == 1);
        assertThat(services).isEmpty();
    }

    @Test
    void theLibrariesThatReadDocumentsAreNotOnIt() {
        assertThat(jars())
                .extracting(File::getName)
                .noneMatch(name -> name.matches("(pdfbox|fontbox|poi|xmlbeans|jsoup|jcl-over-).*"));
    }
}
