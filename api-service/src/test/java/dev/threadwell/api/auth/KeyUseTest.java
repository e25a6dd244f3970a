package dev.threadwell.api.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.persistence.project.ApiKeyStore;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** When a key was used last is kept to the minute. */
@QuarkusTest
class KeyUseTest {

    @Inject ApiKeys keys;
    @Inject ApiKeyStore store;
    @Inject KeyUse use;
    @Inject Pool pool;

    @Test
    void theMinuteOfTheLastUseIsKept() {
        String project = "proj_" + UUID.randomUUID();
        store.ensure(project, "sk-" + project).await().indefinitely();
        keys.projectOf("Bearer sk-" + project, "api.all.read").await().indefinitely();

        use.write().await().indefinitely();

        OffsetDateTime used =
                pool.preparedQuery("select last_used_at from api_keys where project_id = $1")
                        .execute(Tuple.of(project))
                        .await()
                        .indefinitely()
                        .iterator()
                        .next()
                        .getOffsetDateTime(0);
        assertThat(used).isEqualTo(used.truncatedTo(ChronoUnit.MINUTES));
        assertThat(used).isBetween(OffsetDateTime.now().minusMinutes(5), OffsetDateTime.now());
    }
}
