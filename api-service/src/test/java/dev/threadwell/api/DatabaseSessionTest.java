package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the service's defaults make of its connections and its pipelines. */
@QuarkusTest
class DatabaseSessionTest {

    @Inject Pool pool;

    @Test
    void aStatementIsPlannedOnce() {
        String mode =
                pool.query("show plan_cache_mode")
                        .execute()
                        .map(rows -> rows.iterator().next().getString(0))
                        .await()
                        .atMost(Duration.ofSeconds(60));
        assertThat(mode).isEqualTo("force_generic_plan");
    }

    @Test
    void aStepOfAPipelineIsNotWrapped() {
        List<String> callers =
                Uni.createFrom()
                        .item(1)
                        .map(one -> List.of(new Throwable().getStackTrace()))
                        .await()
                        .indefinitely()
                        .stream()
                        .map(StackTraceElement::getClassName)
                        .toList();
        assertThat(callers).noneMatch(name -> name.startsWith("io.smallrye.context"));
    }
}
