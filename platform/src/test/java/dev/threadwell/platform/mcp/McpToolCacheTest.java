package dev.threadwell.platform.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class McpToolCacheTest {

    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final McpToolCache.Key SERVER =
            new McpToolCache.Key("proj_1", "https://tools.example", null);

    private long now;
    private final McpToolCache lists = lists(1_000_000);
    private int asked;

    private McpToolCache lists(long maxWeight) {
        return new McpToolCache(LIFETIME, maxWeight, () -> now);
    }

    private static List<McpFunction> tools(String description) {
        return List.of(new McpFunction("tides", description, Map.of()));
    }

    private Supplier<Uni<List<McpFunction>>> server(String description) {
        return () -> {
            asked++;
            return Uni.createFrom().item(tools(description));
        };
    }

    private List<McpFunction> list(McpToolCache.Key key, String description) {
        return lists.get(key, server(description)).await().indefinitely();
    }

    @Test
    void aServerIsAskedOnceInAListsLife() {
        list(SERVER, "high");
        now += LIFETIME.toNanos() - 1;
        assertThat(list(SERVER, "low")).isEqualTo(tools("high"));
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void aServerIsAskedAgainWhenItsListIsOld() {
        list(SERVER, "high");
        now += LIFETIME.toNanos();
        assertThat(list(SERVER, "low")).isEqualTo(tools("low"));
    }

    @Test
    void aListIsOfAServerAndOfWhoAsks() {
        list(SERVER, "high");
        var other = new McpToolCache.Key(SERVER.projectId(), SERVER.url(), "secret_1");
        assertThat(list(other, "low")).isEqualTo(tools("low"));
    }

    @Test
    void aServerThatFailsIsAskedAgain() {
        assertThatThrownBy(
                        () ->
                                lists.get(
                                                SERVER,
                                                () ->
                                                        Uni.createFrom()
                                                                .failure(new McpException("away")))
                                        .await()
                                        .indefinitely())
                .isInstanceOf(McpException.class);
        assertThat(list(SERVER, "high")).isEqualTo(tools("high"));
    }

    @Test
    void noMoreThanFiveHundredListsAreKept() {
        for (int i = 0; i < 2_000; i++) {
            list(new McpToolCache.Key("proj_" + i, SERVER.url(), null), "high");
        }
        assertThat(lists.size()).isBetween(400L, 500L);
    }

    @Test
    void largeListsAreKeptInSmallNumbers() {
        McpToolCache small = lists(100_000);
        for (int i = 0; i < 100; i++) {
            small.get(
                            new McpToolCache.Key("proj_" + i, SERVER.url(), null),
                            server("x".repeat(20_000)))
                    .await()
                    .indefinitely();
        }
        assertThat(small.size()).isLessThan(10);
    }
}
