package dev.threadwell.persistence.run;

import static dev.threadwell.persistence.Stores.await;
import static dev.threadwell.persistence.Stores.number;
import static dev.threadwell.persistence.Stores.together;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.Samples;
import dev.threadwell.persistence.Stores;
import dev.threadwell.persistence.run.ClaimedRuns.Advance;
import dev.threadwell.persistence.run.ClaimedRuns.Claimed;
import dev.threadwell.run.Ids;
import dev.threadwell.run.RunError;
import dev.threadwell.run.RunEvent;
import dev.threadwell.run.RunStatus;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import dev.threadwell.thread.Message;
import dev.threadwell.topic.RunRequested;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Only one worker at a time executes a run, and only its writes take effect. */
@Tag("server")
class ClaimedRunsTest {

    private static final RunEvent COMPLETED = new RunEvent.Completed(Samples.SPENT);

    private final Stores stores = new Stores();

    private Advance advance(RunRow held, RunEvent event, Message... messages) {
        return await(stores.claimed.advance(held, event, List.of(messages), List.of()));
    }

    private RunRow cancel(RunRow row) {
        return await(stores.runs.apply(row.key(), new CancelRun())).row();
    }

    private static long messagesOf(RunRow row) {
        return number("select count(*) from messages where run_id = $1", row.run().id());
    }

    @Test
    void aClaimStartsTheRunAndAnnouncesIt() {
        RunRow held = stores.claimedBy("w1");
        assertThat(held.run().status()).isEqualTo(RunStatus.IN_PROGRESS);
        assertThat(held.epoch()).isEqualTo(1);
        assertThat(stores.stored(held)).isEqualTo(held);
        assertThat(stores.published.announced(held.run()))
                .containsExactly("thread.run.queued", "thread.run.in_progress");
    }

    @Test
    void ofTwoWorkersOneGetsTheRun() {
        for (int i = 0; i < 20; i++) {
            List<RunRequested> request = List.of(stores.published.request(stores.queued().run()));
            List<List<Claimed>> got =
                    together(
                            List.of(
                                    stores.claimed.claim(request, "w1"),
                                    stores.claimed.claim(request, "w2")));
            assertThat(got.stream().mapToInt(List::size).sum()).isEqualTo(1);
        }
    }

    @Test
    void aRepeatedRequestClaimsNothing() {
        RunRow queued = stores.queued();
        RunRequested request = stores.published.request(queued.run());
        assertThat(await(stores.claimed.claim(List.of(request, request), "w1"))).hasSize(1);
        assertThat(await(stores.claimed.claim(List.of(request), "w1"))).isEmpty();
        assertThat(stores.published.announced(queued.run())).hasSize(2);
    }

    @Test
    void aBatchClaimsWhatIsThereAndLeavesOutWhatIsNot() {
        List<RunRequested> requests = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            requests.add(stores.published.request(stores.queued().run()));
        }
        await(stores.claimed.claim(List.of(requests.get(2)), "w1"));
        List<Claimed> claimed = await(stores.claimed.claim(requests, "w2"));
        assertThat(claimed)
                .extracting(c -> c.row().worker())
                .containsExactly("w2", "w2", "w2", "w2");
        assertThat(claimed)
                .extracting(c -> c.row().run().id())
                .doesNotContain(requests.get(2).run().id())
                .doesNotHaveDuplicates();
    }

    @Test
    void anOldRunsRepeatedRequestSaysNothingBesideTheNewOnesOfItsThread() {
        RunRow old = stores.queued();
        RunRequested repeated = stores.published.request(old.run());
        advance(stores.claimed(old, "w1"), COMPLETED);
        RunRow young = stores.queuedOn(old.run().threadId());
        List<RunRequested> requests = List.of(repeated, stores.published.request(young.run()));
        List<Claimed> claimed = await(stores.claimed.claim(requests, "w2"));
        assertThat(claimed).extracting(c -> c.row().run().id()).containsExactly(young.run().id());
        assertThat(stores.published.announced(old.run())).endsWith("thread.run.completed");
        assertThat(stores.published.announced(young.run()))
                .containsExactly("thread.run.queued", "thread.run.in_progress");
    }

    @Test
    void theEndSavesRunMessageAndStepTogether() {
        RunRow held = stores.claimedBy("w1");
        Message answer = Samples.answer(held.run(), "At 22:40.");
        RunStep step =
                RunStep.begun(
                                Ids.step(),
                                held.run(),
                                new StepDetails.MessageCreation(
                                        new StepDetails.Created(answer.id())),
                                Samples.NOW.getEpochSecond())
                        .completed(Samples.NOW.getEpochSecond(), Samples.SPENT);
        Advance end =
                await(
                        stores.claimed.advance(
                                held,
                                COMPLETED,
                                List.of(answer),
                                List.of(new StepWithUsage(step, Samples.SPENT))));
        assertThat(end).isInstanceOf(Advance.Moved.class);
        RunRow row = stores.stored(held);
        assertThat(row.run().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(row.worker()).isNull();
        assertThat(await(stores.messages.find(Stores.PROJECT, held.run().threadId(), answer.id())))
                .isEqualTo(answer);
        assertThat(await(stores.steps.find(held.key(), step.id()))).isEqualTo(step.settled());
        assertThat(stores.published.announced(held.run())).endsWith("thread.run.completed");
    }

    @Test
    void aZombiesWriteChangesNothing() {
        RunRow zombie = stores.claimedBy("dead");
        await(stores.leases.releaseOrphans(_ -> {}));
        RunRow taken = stores.claimed(zombie, "alive");
        assertThat(taken.epoch()).isGreaterThan(zombie.epoch());

        int published = stores.published.of(zombie.run()).size();
        long seq = number("select seq from threads where id = $1", zombie.run().threadId());
        Advance write = advance(zombie, COMPLETED, Samples.answer(zombie.run(), "I am still here"));

        assertThat(write).isEqualTo(new Advance.Lost());
        assertThat(stores.stored(zombie)).isEqualTo(taken);
        assertThat(messagesOf(zombie)).isZero();
        assertThat(stores.published.of(zombie.run())).hasSize(published);
        assertThat(number("select seq from threads where id = $1", zombie.run().threadId()))
                .isEqualTo(seq);
        assertThat(await(stores.claimed.suspend(zombie, List.of(), List.of(), List.of())))
                .isEqualTo(new Advance.Lost());
    }

    @Test
    void anEndThatACancelOvertookIsDecidedAgain() {
        RunRow held = stores.claimedBy("w1");
        cancel(held);
        Advance end = advance(held, COMPLETED, Samples.answer(held.run(), "At 22:40."));
        assertThat(end).isInstanceOf(Advance.Moved.class);
        assertThat(stores.stored(held).run().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(messagesOf(held)).isEqualTo(1);
        assertThat(stores.published.announced(held.run()))
                .endsWith("thread.run.cancelling", "thread.run.completed");
    }

    @Test
    void aCallOfFunctionsThatACancelOvertookIsRuledOut() {
        RunRow held = stores.claimedBy("w1");
        RunRow cancelling = cancel(held);
        Advance called =
                advance(held, new RunEvent.FunctionsCalled(List.of(Samples.call("call_a"))));
        assertThat(called).isEqualTo(new Advance.Overtaken(cancelling));
        assertThat(advance(cancelling, new RunEvent.Stopped(Samples.SPENT)))
                .isInstanceOf(Advance.Moved.class);
        assertThat(stores.stored(held).run().status()).isEqualTo(RunStatus.CANCELLED);
    }

    @Test
    void theTokensOfTheHolderSurviveACancelInBetween() {
        RunRow held = stores.claimedBy("w1").spending(Samples.SPENT);
        cancel(held);
        advance(held, new RunEvent.Completed(Samples.SPENT));
        assertThat(stores.stored(held).spent()).isEqualTo(Samples.SPENT);
    }

    @Test
    void aWriteWhoseAnswerWasLostIsRecognisedLater() {
        RunRow held = stores.claimedBy("w1");
        Message answer = Samples.answer(held.run(), "At 22:40.");
        Advance first = advance(held, COMPLETED, answer);
        int published = stores.published.of(held.run()).size();
        Stores later = new Stores(InstantSource.fixed(Samples.NOW.plusSeconds(3)));
        Advance second = await(later.claimed.advance(held, COMPLETED, List.of(answer), List.of()));
        assertThat(second).isEqualTo(first);
        assertThat(messagesOf(held)).isEqualTo(1);
        assertThat(stores.published.of(held.run())).hasSize(published);
    }

    @Test
    void aSuspensionWhoseAnswerWasLostIsRecognised() {
        RunRow held = stores.claimedBy("w1");
        Advance first = await(stores.claimed.suspend(held, List.of(), List.of(), List.of()));
        assertThat(first).isInstanceOf(Advance.Moved.class);
        assertThat(await(stores.claimed.suspend(held, List.of(), List.of(), List.of())))
                .isEqualTo(first);
    }

    @Test
    void anotherEndThanTheOneThatIsWrittenIsNotRecognised() {
        RunRow held = stores.claimedBy("w1");
        advance(held, COMPLETED);
        RunRow ended = stores.stored(held);
        assertThat(advance(held, new RunEvent.Failed(RunError.server(), Samples.SPENT)))
                .isEqualTo(new Advance.Overtaken(ended));
    }

    @Test
    void aRunOfADeletedThreadIsLost() {
        RunRow held = stores.claimedBy("w1");
        assertThat(await(stores.deletion.delete(Stores.PROJECT, held.run().threadId()))).isTrue();
        assertThat(advance(held, COMPLETED, Samples.answer(held.run(), "Hello?")))
                .isEqualTo(new Advance.Lost());
        assertThat(messagesOf(held)).isZero();
        assertThat(number("select count(*) from runs where id = $1", held.run().id())).isZero();
    }
}
