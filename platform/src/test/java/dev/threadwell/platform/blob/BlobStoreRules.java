package dev.threadwell.platform.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of blob stores, which every implementation is tested against. */
abstract class BlobStoreRules {

    static Vertx vertx;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int MIB = 1024 * 1024;
    private static final int PIECE = 64 * 1024;

    abstract BlobStore store();

    /** The number of stored objects, including unfinished ones. */
    abstract int kept();

    @BeforeAll
    static void openVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void closeVertx() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, PIECE, 5 * MIB - 1, 5 * MIB, 5 * MIB + 1, 12 * MIB})
    void whatIsWrittenIsReadAgain(int length) {
        Buffer bytes = random(length);

        long written = store().write("ab-1", pieces(bytes)).await().atMost(SOON);

        assertThat(written).isEqualTo(length);
        assertThat(read("ab-1")).isEqualTo(bytes);
    }

    @Test
    void writingAgainReplaces() {
        store().write("ab-1", pieces(random(6 * MIB))).await().atMost(SOON);

        store().write("ab-1", pieces(Buffer.buffer("second"))).await().atMost(SOON);

        assertThat(read("ab-1")).isEqualTo(Buffer.buffer("second"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3 * MIB, 11 * MIB})
    void bytesThatFailLeaveNothing(int before) {
        Multi<Buffer> cut =
                Multi.createBy()
                        .concatenating()
                        .streams(
                                pieces(random(before)),
                                Multi.createFrom().failure(new IllegalStateException("cut")));

        assertThatThrownBy(() -> store().write("ab-1", cut).await().atMost(SOON)).hasMessage("cut");

        assertThat(kept()).isZero();
    }

    @Test
    void aWriteThatIsGivenUpLeavesNothing() throws Exception {
        var under = new CountDownLatch(1);
        var over = new CountDownLatch(1);
        Multi<Buffer> endless =
                Multi.createBy()
                        .concatenating()
                        .streams(
                                pieces(random(6 * MIB)).onCompletion().invoke(under::countDown),
                                Multi.createFrom().nothing())
                        .onCancellation()
                        .invoke(over::countDown);
        var write = store().write("ab-1", endless).subscribe().with(_ -> {});
        assertThat(under.await(60, TimeUnit.SECONDS)).isTrue();

        write.cancel();

        assertThat(over.await(60, TimeUnit.SECONDS)).isTrue();
        await().atMost(SOON).until(() -> kept() == 0);
    }

    @Test
    void whatIsDeletedIsGone() {
        store().write("ab-1", pieces(random(10))).await().atMost(SOON);

        store().delete("ab-1").await().atMost(SOON);

        assertThat(kept()).isZero();
        assertThatThrownBy(() -> read("ab-1")).isInstanceOf(Exception.class);
    }

    @Test
    void deletingNothingIsNoError() {
        assertThat(store().delete("ab-1").await().atMost(SOON)).isNull();
    }

    @Test
    void aSlowReaderIsNotHurried() {
        store().write("ab-1", pieces(random(4 * MIB))).await().atMost(SOON);

        var reader = store().read("ab-1").subscribe().withSubscriber(AssertSubscriber.create(1));

        reader.awaitItems(1, SOON);
        assertThat(reader.getItems()).hasSize(1);
        assertThat(reader.getItems().getFirst().length()).isLessThan(MIB);
        reader.cancel();
    }

    private Buffer read(String id) {
        return store().read(id)
                .collect()
                .in(Buffer::buffer, Buffer::appendBuffer)
                .await()
                .atMost(SOON);
    }

    private static Multi<Buffer> pieces(Buffer bytes) {
        int count = (bytes.length() + PIECE - 1) / PIECE;
        return Multi.createFrom()
                .items(
                        IntStream.range(0, count)
                                .mapToObj(
                                        i ->
                                                bytes.slice(
                                                        i * PIECE,
                                                        Math.min(
                                                                (i + 1) * PIECE, bytes.length()))));
    }

    private static Buffer random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return Buffer.buffer(bytes);
    }
}
