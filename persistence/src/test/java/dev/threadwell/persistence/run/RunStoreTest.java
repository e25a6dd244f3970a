package dev.threadwell.persistence.run;

import static dev.threadwell.persistence.Stores.PROJECT;
import static dev.threadwell.persistence.Stores.await;
import static dev.threadwell.persistence.Stores.number;
import static dev.threadwell.persistence.Stores.query;
import static dev.threadwell.persistence.Stores.together;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadwell.Samples;
import dev.threadwell.persistence.Stores;
import dev.threadwell.persistence.database.ListQuery;
import dev.threadwell.persistence.run.RunStore.Creation;
import dev.threadwell.persistence.thread.MessageStore.Addition;
import dev.threadwell.project.ApiKey;
import dev.threadwell.project.BusyThread;
import dev.threadwell.project.Project;
import dev.threadwell.run.Decision;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunEvent;
import dev.threadwell.run.RunStatus;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.MessageContent;
import dev.threadwell.thread.ThreadObject;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Creating and reading runs, messages and threads, also concurrently. */
@Tag("server")
class RunStoreTest {

    private final Stores stores = new Stores();

    private Uni<Creation> creation(String threadId, Message... additional) {
        return stores.runs.create(
                RunRow.created(PROJECT, Samples.queued(threadId), null),
                List.of(additional),
                BusyThread.REJECT);
    }

    @Test
    void ofTwoCreationsOnOneThreadExactlyOneIsMade() {
        for (int i = 0; i < 25; i++) {
            String thread = stores.thread().id();
            List<Creation> made = together(List.of(creation(thread), creation(thread)));
            assertThat(made).filteredOn(Creation.Created.class::isInstance).hasSize(1);
            String run =
                    made.stream()
                            .filter(Creation.Created.class::isInstance)
                            .map(c -> ((Creation.Created) c).row().run().id())
                            .findFirst()
                            .orElseThrow();
            assertThat(made).contains(new Creation.Busy(run));
        }
    }

    @Test
    void aMessageAndARunNeverBothGetTheThread() {
        for (int i = 0; i < 25; i++) {
            String thread = stores.thread().id();
            Message message = Samples.question(thread, "And on Sunday?");
            List<Object> made =
                    together(
                            List.of(
                                    creation(thread).map(c -> (Object) c),
                                    stores.messages.add(PROJECT, message).map(a -> (Object) a)));
            Run run = ((Creation.Created) made.getFirst()).row().run();
            long runSeq = number("select seq from runs where id = $1", run.id());
            if (made.getLast() instanceof Addition.Added) {
                assertThat(number("select seq from messages where id = $1", message.id()))
                        .isLessThan(runSeq);
            } else {
                assertThat(made.getLast()).isEqualTo(new Addition.Busy(run.id()));
                assertThat(query("select id from messages where id = $1", message.id())).isEmpty();
            }
        }
    }

    @Test
    void aRunOnAThreadThatIsGoneIsNotMade() {
        assertThat(await(creation("thread_gone"))).isEqualTo(new Creation.NoThread());
        assertThat(await(stores.messages.add(PROJECT, Samples.question("thread_gone", "?"))))
                .isEqualTo(new Addition.NoThread());
    }

    @Test
    void aRefusedCreationLeavesNothingBehind() {
        RunRow first = stores.queued();
        String thread = first.run().threadId();
        long seq = number("select seq from threads where id = $1", thread);
        Message additional = Samples.question(thread, "And on Sunday?");
        assertThat(await(creation(thread, additional)))
                .isEqualTo(new Creation.Busy(first.run().id()));
        assertThat(query("select id from messages where id = $1", additional.id())).isEmpty();
        assertThat(number("select seq from threads where id = $1", thread)).isEqualTo(seq);
        assertThat(number("select count(*) from outbox where key = $1", thread)).isEqualTo(2);
    }

    @Test
    void aRunCanBeginWithItsThread() {
        ThreadObject thread = Samples.thread();
        List<Message> first =
                List.of(Samples.question(thread.id(), "1"), Samples.question(thread.id(), "2"));
        RunRow row = RunRow.created(PROJECT, Samples.queued(thread.id()), 3);
        await(stores.runs.createWithThread(row, thread, first));
        assertThat(await(stores.newest(thread.id(), 10))).isEqualTo(first);
        assertThat(await(stores.threads.find(PROJECT, thread.id()))).isEqualTo(thread);
        assertThat(stores.stored(row)).isEqualTo(row);
        assertThat(number("select seq from threads where id = $1", thread.id())).isEqualTo(3);
        assertThat(stores.published.request(row.run()).stream()).isEqualTo(3);
    }

    @Test
    void additionalMessagesStandBeforeTheirRun() {
        String thread = stores.thread().id();
        await(creation(thread, Samples.question(thread, "2"), Samples.question(thread, "3")));
        assertThat(query("select seq from messages where thread_id = $1 order by seq", thread))
                .extracting(row -> row.getLong(0))
                .containsExactly(1L, 2L, 3L);
        assertThat(number("select seq from runs where thread_id = $1", thread)).isEqualTo(4);
    }

    @Test
    void aFailedTransactionSavesNothingAndPublishesNothing() {
        RunRow queued = stores.queued();
        int published = stores.published.of(queued.run()).size();
        RunCommand failing =
                new RunCommand() {
                    @Override
                    public RunEvent event(RunRow found) {
                        return new RunEvent.CancelRequested(found.waiting());
                    }

                    @Override
                    public List<StepWithUsage> steps(List<StepWithUsage> open, Instant now) {
                        throw new IllegalStateException("the light went out");
                    }
                };
        assertThatThrownBy(() -> await(stores.runs.apply(queued.key(), failing)))
                .hasMessage("the light went out");
        assertThat(stores.stored(queued)).isEqualTo(queued);
        assertThat(stores.published.of(queued.run())).hasSize(published);
    }

    @Test
    void seqHasNoGapsAndLaterWritesComeLaterUnderManyWriters() {
        List<String> threads = Stream.generate(() -> stores.thread().id()).limit(4).toList();
        List<Uni<Addition>> wishes = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            String writer = "writer " + i;
            String thread = threads.get(i % 4);
            Uni<Addition> one = Uni.createFrom().nullItem();
            for (int n = 0; n < 5; n++) {
                String text = writer + ", message " + n;
                one = one.chain(() -> stores.messages.add(PROJECT, Samples.question(thread, text)));
            }
            wishes.add(one);
        }
        together(wishes);
        for (String thread : threads) {
            assertThat(query("select seq from messages where thread_id = $1 order by seq", thread))
                    .extracting(row -> row.getLong(0))
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, 41).boxed().toList());
            assertThat(number("select seq from threads where id = $1", thread)).isEqualTo(41);
            Map<String, List<String>> texts =
                    await(stores.newest(thread, 40)).stream()
                            .map(m -> ((MessageContent.Text) m.content().getFirst()).text().value())
                            .collect(Collectors.groupingBy(t -> t.split(",")[0]));
            assertThat(texts.values())
                    .hasSize(8)
                    .allSatisfy(written -> assertThat(written).hasSize(5).isSorted());
        }
    }

    @Test
    void anEndedRunIsNotCancelled() {
        RunRow held = stores.claimedBy("w1");
        await(
                stores.claimed.advance(
                        held, new RunEvent.Completed(Samples.SPENT), List.of(), List.of()));
        var applied = await(stores.runs.apply(held.key(), new CancelRun()));
        assertThat(applied.decision())
                .isEqualTo(new Decision.Refuse("Cannot cancel run with status 'completed'."));
        assertThat(applied.row().run().status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void metadataDoesNotMoveTheEndOfAnEndedRun() {
        RunRow held = stores.claimedBy("w1");
        await(
                stores.claimed.advance(
                        held, new RunEvent.Completed(Samples.SPENT), List.of(), List.of()));
        String ended = "select ended_at::text from runs where id = $1";
        String before = query(ended, held.run().id()).getFirst().getString(0);
        await(stores.runs.apply(held.key(), new ChangeRunMetadata(Map.of("b", "1"))));
        assertThat(query(ended, held.run().id()).getFirst().getString(0)).isEqualTo(before);
        assertThat(stores.stored(held).run().metadata()).isEqualTo(Map.of("b", "1"));
    }

    @Test
    void anotherProjectsIdsFindNothing() {
        RunRow row = stores.queued();
        String thread = row.run().threadId();
        String other = "proj_other";
        RunKey key = new RunKey(other, thread, row.run().id());
        assertThat(await(stores.runs.find(key))).isNull();
        assertThat(await(stores.runs.row(key))).isNull();
        assertThat(await(stores.runs.apply(key, new CancelRun()))).isNull();
        assertThat(await(stores.threads.find(other, thread))).isNull();
        assertThat(await(stores.deletion.delete(other, thread))).isFalse();
        assertThat(await(stores.threads.modify(other, thread, t -> t))).isNull();
        Message message = await(stores.newest(thread, 1)).getFirst();
        assertThat(await(stores.messages.find(other, thread, message.id()))).isNull();
        assertThat(await(stores.messages.delete(other, thread, message.id()))).isFalse();
        assertThat(await(stores.messages.add(other, Samples.question(thread, "?"))))
                .isEqualTo(new Addition.NoThread());
        assertThat(
                        await(
                                stores.runs.create(
                                        RunRow.created(other, Samples.queued(thread), null),
                                        List.of(),
                                        BusyThread.REJECT)))
                .isEqualTo(new Creation.NoThread());
        ListQuery all = new ListQuery(20, true, null, null);
        assertThat(await(stores.messages.list(other, thread, all)).data()).isEmpty();
        assertThat(await(stores.runs.list(other, thread, all)).data()).isEmpty();
        assertThat(stores.stored(row)).isEqualTo(row);
    }

    @Test
    void aKeyOpensItsProjectOnly() {
        await(stores.keys.ensure(PROJECT, "sk-harbour-0123456789"));
        await(stores.keys.ensure(PROJECT, "sk-harbour-0123456789"));
        assertThat(await(stores.keys.find("sk-harbour-0123456789")))
                .extracting(ApiKey::project)
                .isEqualTo(new Project(PROJECT, BusyThread.REJECT, null, false));
        assertThat(await(stores.keys.find("sk-harbour-0123456780"))).isNull();
    }

    @Test
    void documentsKeepTheOrderOfTheirKeysTheirNumbersAndTheirNulCharacters() {
        String metadata = "{\"z\":\"\\u0000\",\"a\":\"\\ud83d\",\"\":\"🚢\"}";
        String json =
                "{\"id\":\"%s\",\"object\":\"thread\",\"created_at\":1,\"metadata\":%s,\"tool_resources\":{\"y\":1.0,\"b\":100.0}}";
        String id = Samples.thread().id();
        ThreadObject thread = Json.read(json.formatted(id, metadata), ThreadObject.class);
        await(stores.threads.create(PROJECT, thread, List.of()));
        ThreadObject read = await(stores.threads.find(PROJECT, id));
        assertThat(Json.compact(read)).isEqualTo(json.formatted(id, metadata));
    }
}
