package dev.threadwell.persistence;

import static dev.threadwell.persistence.Stores.PROJECT;
import static dev.threadwell.persistence.Stores.await;
import static dev.threadwell.persistence.Stores.number;
import static dev.threadwell.persistence.Stores.query;
import static dev.threadwell.persistence.Stores.together;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.Samples;
import dev.threadwell.persistence.run.CancelRun;
import dev.threadwell.persistence.run.ChangeRunMetadata;
import dev.threadwell.persistence.run.ExpireRun;
import dev.threadwell.persistence.run.RunInsertStatement;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.persistence.run.RunStore.Creation;
import dev.threadwell.persistence.thread.MessageStore.Addition;
import dev.threadwell.platform.outbox.Outbox;
import dev.threadwell.platform.outbox.OutboxMessage;
import dev.threadwell.project.BusyThread;
import dev.threadwell.run.RunError;
import dev.threadwell.run.RunEvent;
import dev.threadwell.run.RunStatus;
import dev.threadwell.thread.Message;
import dev.threadwell.topic.RunRequested;
import dev.threadwell.topic.Topics;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs on a busy thread: they wait, are refused, or interrupt the active run. */
@Tag("server")
class BusyThreadTest extends OnBusyThreads {

    @Test
    void aRunOnABusyThreadWaitsAndIsNotRequested() {
        RunRow first = stores.queued();
        RunRow second = behind(first);
        assertThat(second.waiting()).isTrue();
        assertThat(second.run().status()).isEqualTo(RunStatus.QUEUED);
        assertThat(stores.stored(second)).isEqualTo(second);
        assertThat(stores.published.announced(second.run())).containsExactly("thread.run.queued");
        assertThat(isRequested(second)).isFalse();
    }

    @Test
    void aRunOnAFreeThreadDoesNotWait() {
        String thread = stores.thread().id();
        RunRow only = created(thread, BusyThread.ENQUEUE, Samples.question(thread, "2"));
        assertThat(only.waiting()).isFalse();
        assertThat(isRequested(only)).isTrue();
        assertThat(await(stores.newest(thread, 10))).hasSize(2);
    }

    @Test
    void theNextStartsWhenTheOneBeforeHasEndedInTheOrderOfCreation() {
        RunRow first = claimed(stores.queued());
        RunRow second = behind(first);
        RunRow third = behind(first);
        end(first);
        assertThat(isRequested(third)).isFalse();
        RunRow held = claimed(second);
        assertThat(held.run().id()).isEqualTo(second.run().id());
        end(held);
        assertThat(claimed(third).run().id()).isEqualTo(third.run().id());
        assertConsistent(first.run().threadId());
    }

    /** The database builds the request; it must equal the one that Java code would write. */
    @Test
    void theRequestOfARunThatWaitedIsThatOfItsRow() {
        RunRow first = claimed(stores.queued());
        RunRow streamed =
                RunRow.created(PROJECT, Samples.queued(first.run().threadId()), 5)
                        .withContents(true);
        await(creation(streamed, BusyThread.ENQUEUE));
        end(first);
        RunRequested request = stores.published.request(streamed.run());
        assertThat(request).isEqualTo(stores.stored(streamed).requested());
        assertThat(query("select shard from outbox where key = $1", first.run().threadId()))
                .extracting(row -> row.getInteger(0))
                .containsOnly(Outbox.shard(first.run().threadId()));
    }

    private static Stream<RunEvent> ends() {
        return Stream.of(
                new RunEvent.Completed(Samples.SPENT),
                new RunEvent.CutShort("max_prompt_tokens", Samples.SPENT),
                new RunEvent.Failed(RunError.server(), Samples.SPENT));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void whateverTheEndOfAHeldRunTheNextStarts(RunEvent end) {
        RunRow first = claimed(stores.queued());
        RunRow second = behind(first);
        await(stores.claimed.advance(first, end, List.of(), List.of()));
        assertThat(isRequested(second)).isTrue();
        assertConsistent(first.run().threadId());
    }

    @Test
    void whenACancelledRunHasStoppedTheNextStarts() {
        RunRow first = stores.queued();
        RunRow second = behind(first);
        await(stores.runs.apply(first.key(), new CancelRun()));
        assertThat(isRequested(second)).isFalse();
        await(stores.leases.stopUnclaimed(_ -> {}));
        assertThat(stores.stored(first).run().status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(isRequested(second)).isTrue();
    }

    @Test
    void whenARunExpiresTheNextStarts() {
        RunRow first = stores.queued();
        RunRow second = behind(first);
        Stores later = new Stores(InstantSource.fixed(Samples.NOW.plusSeconds(600)));
        await(later.runs.apply(first.key(), new ExpireRun()));
        assertThat(isRequested(second)).isTrue();
    }

    @Test
    void aRunThatExpiresWhileItWaitsLeavesTheThreadToItsHolder() {
        RunRow first = claimed(stores.queued());
        RunRow second = behind(first);
        RunRow third = behind(first);
        Stores later = new Stores(InstantSource.fixed(Samples.NOW.plusSeconds(600)));
        await(later.runs.apply(second.key(), new ExpireRun()));
        assertThat(stores.stored(second).run().status()).isEqualTo(RunStatus.EXPIRED);
        assertThat(isRequested(third)).isFalse();
        end(first);
        assertThat(isRequested(third)).isTrue();
        assertConsistent(first.run().threadId());
    }

    @Test
    void aRunThatIsCancelledWhileItWaitsIsCancelledAtOnce() {
        RunRow first = stores.queued();
        RunRow second = behind(first);
        await(stores.runs.apply(second.key(), new CancelRun()));
        assertThat(stores.stored(second).run().status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(stores.published.announced(second.run()))
                .containsExactly("thread.run.queued", "thread.run.cancelled");
        assertThat(stores.stored(first).run().status()).isEqualTo(RunStatus.QUEUED);
        assertConsistent(first.run().threadId());
    }

    @Test
    void newMetadataOfAnEndedRunStartsNobody() {
        RunRow first = claimed(stores.queued());
        end(first);
        RunRow second = stores.queuedOn(first.run().threadId());
        RunRow third = behind(second);
        await(stores.runs.apply(first.key(), new ChangeRunMetadata(Map.of("a", "b"))));
        assertThat(isRequested(third)).isFalse();
    }

    @Test
    void additionalMessagesEnterTheThreadWhenTheirRunGetsIt() {
        RunRow first = claimed(stores.queued());
        String thread = first.run().threadId();
        Message two = Samples.question(thread, "2");
        Message three = Samples.question(thread, "3");
        behind(first, two, three);
        assertThat(await(stores.newest(thread, 10))).hasSize(1);
        Message answer = Samples.answer(first.run(), "At 22:40.");
        await(
                stores.claimed.advance(
                        first, new RunEvent.Completed(Samples.SPENT), List.of(answer), List.of()));
        assertThat(await(stores.newest(thread, 10)).subList(1, 4))
                .containsExactly(answer, two, three);
        assertThat(everySeqOnce(thread)).isTrue();
        assertThat(await(stores.messages.add(PROJECT, Samples.question(thread, "4"))))
                .isInstanceOf(Addition.Busy.class);
    }

    @Test
    void theMessagesOfAWithdrawnRunNeverEnterTheThread() {
        RunRow first = claimed(stores.queued());
        String thread = first.run().threadId();
        RunRow second = behind(first, Samples.question(thread, "2"));
        await(stores.runs.apply(second.key(), new CancelRun()));
        end(first);
        assertThat(await(stores.newest(thread, 10))).hasSize(2);
        assertThat(
                        number(
                                "select count(*) from runs where held_ids is not null and id = $1",
                                second.run().id()))
                .isZero();
    }

    @Test
    void aMessageIsRefusedByTheRunThatHoldsTheThreadNotByOneThatWaits() {
        RunRow first = stores.queued();
        behind(first);
        behind(first);
        String thread = first.run().threadId();
        assertThat(await(stores.messages.add(PROJECT, Samples.question(thread, "Now?"))))
                .isEqualTo(new Addition.Busy(first.run().id()));
        assertThat(await(creation(rowOn(thread), BusyThread.REJECT)))
                .isEqualTo(new Creation.Busy(first.run().id()));
        assertThat(await(stores.runs.prepare(PROJECT, thread, "asst_none")).activeRun())
                .isEqualTo(first.run().id());
    }

    @Test
    void onlySoManyMayWait() {
        RunRow first = stores.queued();
        String thread = first.run().threadId();
        List<Creation> made =
                together(
                        IntStream.range(0, RunInsertStatement.MAX_WAITING + 5)
                                .mapToObj(i -> creation(rowOn(thread), BusyThread.ENQUEUE))
                                .toList());
        assertThat(made)
                .filteredOn(Creation.Created.class::isInstance)
                .hasSize(RunInsertStatement.MAX_WAITING);
        assertThat(made)
                .filteredOn(Creation.Busy.class::isInstance)
                .hasSize(5)
                .containsOnly(new Creation.Busy(first.run().id()));
        assertConsistent(thread);
    }

    @Test
    void anInterruptionCancelsEveryRunAndComesNext() {
        RunRow first = claimed(stores.queued());
        RunRow second = behind(first);
        RunRow third = created(first.run().threadId(), BusyThread.INTERRUPT);
        assertThat(stores.stored(first).run().status()).isEqualTo(RunStatus.CANCELLING);
        assertThat(stores.stored(second).run().status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(third.waiting()).isTrue();
        assertThat(stores.published.of(first.run()))
                .extracting(OutboxMessage::topic)
                .contains(Topics.RUN_CANCELLED);
        RunRow stopping = stores.stored(first);
        await(
                stores.claimed.advance(
                        stopping, new RunEvent.Stopped(Samples.SPENT), List.of(), List.of()));
        assertThat(isRequested(second)).isFalse();
        assertThat(isRequested(third)).isTrue();
        assertConsistent(first.run().threadId());
    }

    @Test
    void anInterruptionOfNobodyStartsAtOnce() {
        RunRow only = created(stores.thread().id(), BusyThread.INTERRUPT);
        assertThat(only.waiting()).isFalse();
        assertThat(isRequested(only)).isTrue();
    }

    @Test
    void anInterruptionOnAThreadOfAnotherProjectCancelsNothing() {
        RunRow first = stores.queued();
        RunRow other = RunRow.created("proj_other", Samples.queued(first.run().threadId()), null);
        assertThat(await(creation(other, BusyThread.INTERRUPT))).isEqualTo(new Creation.NoThread());
        assertThat(stores.stored(first)).isEqualTo(first);
    }

    @Test
    void runsThatWaitAreCancelledWithTheirThread() {
        RunRow first = stores.queued();
        RunRow second = behind(first);
        await(stores.deletion.delete(PROJECT, first.run().threadId()));
        for (RunRow row : List.of(first, second)) {
            assertThat(stores.published.announced(row.run()))
                    .containsExactly("thread.run.queued", "thread.run.cancelled");
        }
        assertThat(await(stores.runs.row(second.key()))).isNull();
    }
}
