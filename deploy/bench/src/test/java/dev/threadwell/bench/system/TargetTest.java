package dev.threadwell.bench.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetTest {

    @Test
    void aRunningSystemIsFoundByWhatItSaysOfItself() {
        var ready =
                new JsonObject(
                        """
                        {"base_url": "http://127.0.0.1:8080/v1", "api_key": "sk-tw-1", "model": "simulator", "pid": 1,
                         "processes": [
                            {"role": "kafka", "id": "kafka", "port": 9092, "pid": 2},
                            {"role": "simulator", "id": "simulator", "port": 9999, "pid": 3}]}
                        """);

        Target target = Target.of(ready, "secret", Map.of("bootstrap.servers", "127.0.0.1:9092"));

        assertThat(target.baseUrl()).isEqualTo(URI.create("http://127.0.0.1:8080/v1"));
        assertThat(target.port("kafka")).isEqualTo(9092);
        assertThat(target.simulator()).isEqualTo(URI.create("http://127.0.0.1:9999/v1"));
    }
}
