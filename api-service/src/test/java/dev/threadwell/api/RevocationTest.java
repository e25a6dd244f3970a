package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.threadwell.embedded.test.ServersForTests;
import dev.threadwell.persistence.project.ApiKeyStore;
import dev.threadwell.topic.AccessChanged;
import dev.threadwell.topic.Topics;
import dev.threadwell.wire.Json;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** What another node has revoked is refused here when the news of it come. */
@QuarkusTest
class RevocationTest {

    /** Far less than the age at which a node forgets a key by itself. */
    private static final Duration SOON = Duration.ofSeconds(5);

    @TestHTTPResource("/")
    URI base;

    @Inject ApiKeyStore keys;
    @Inject Pool pool;

    @Test
    void aKeyThatAnotherNodeRevokedIsRefusedWhenTheNewsCome() {
        String project = "proj_" + UUID.randomUUID();
        keys.ensure(project, "sk-" + project).await().indefinitely();
        Api api = Api.at(base).keyed("sk-" + project);
        assertThat(api.get("/v1/assistants").status()).isEqualTo(200);

        pool.preparedQuery("update api_keys set revoked_at = now() where project_id = $1")
                .execute(Tuple.of(project))
                .await()
                .indefinitely();
        tell(new AccessChanged(project));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(api.get("/v1/assistants").status()).isEqualTo(401));
    }

    private static void tell(AccessChanged news) {
        Map<String, Object> settings = new HashMap<>(ServersForTests.kafkaClient());
        try (var producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(
                    new ProducerRecord<>(Topics.ACCESS_CHANGED, news.key(), Json.bytes(news)));
        }
    }
}
