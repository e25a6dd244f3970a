package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.context.ThreadContext;
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
                        .atMost(Duration.ofSeconds(10));
        assertThat(mode).isEqualTo("force_generic_plan");
    }

    @Test
    void aStepOfAPipelineIsNotWrapped() {
        Runnable step = () -> {};
        Runnable carried = ThreadContext.builder().build().contextualRunnable(step);
        assertThat(carried).isSameAs(step);
    }
}
