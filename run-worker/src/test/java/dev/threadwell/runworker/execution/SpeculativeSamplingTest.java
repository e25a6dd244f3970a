package dev.threadwell.runworker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.runworker.Samples;
import dev.threadwell.runworker.model.ModelCall;
import dev.threadwell.runworker.model.ModelFailure;
import dev.threadwell.runworker.turn.ModelEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The model is called while the claim is still in progress. */
class SpeculativeSamplingTest {

    private static final ModelEvent HEL = new ModelEvent.Text("Hel");
    private static final ModelEvent LO = new ModelEvent.Text("lo");

    private final ExecutionFixture fixture = new ExecutionFixture(Samples.run());
    private final Heard heard = new Heard();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void whatTheModelSaysBeforeTheClaimIsHeardAfterIt() {
        SpeculativeSampling speculative = fixture.speculate();
        fixture.untilAsked();
        fixture.says(HEL, LO);

        fixture.onContext(() -> speculative.attach(heard, sources -> {}, heard::asked));

        assertThat(heard.events).containsExactly(HEL, LO);
    }

    @Test
    void whatTheModelSaysAfterTheClaimIsHeardBehindIt() {
        SpeculativeSampling speculative = fixture.speculate();
        fixture.untilAsked();
        fixture.says(HEL);
        fixture.onContext(() -> speculative.attach(heard, sources -> {}, heard::asked));

        fixture.says(LO);
        fixture.stops();

        assertThat(heard.events).containsExactly(HEL, LO, "ended");
    }

    @Test
    void aRunThatIsNotOursEndsTheCall() {
        SpeculativeSampling speculative = fixture.speculate();
        fixture.untilAsked();

        speculative.abandon();

        ExecutionFixture.until(() -> fixture.model.aborted);
    }

    @Test
    void aCallThatFailedIsAskedAnewByTheHolder() {
        fixture.model.broken = true;
        SpeculativeSampling speculative = fixture.speculate();

        fixture.onContext(() -> speculative.attach(heard, sources -> {}, heard::asked));

        ExecutionFixture.until(() -> heard.events.equals(List.of("asked anew")));
    }

    @Test
    void anAbortedCallIsHeardNoMore() {
        SpeculativeSampling speculative = fixture.speculate();
        fixture.untilAsked();
        fixture.onContext(() -> speculative.attach(heard, sources -> {}, heard::asked).abort());

        fixture.says(HEL);

        assertThat(heard.events).isEmpty();
        assertThat(fixture.model.aborted).isTrue();
    }

    private static final class Heard implements ModelCall.Listener {

        final List<Object> events = new CopyOnWriteArrayList<>();

        void asked() {
            events.add("asked anew");
        }

        @Override
        public void on(ModelEvent event) {
            events.add(event);
        }

        @Override
        public void ended() {
            events.add("ended");
        }

        @Override
        public void failed(ModelFailure failure) {
            events.add(failure);
        }
    }
}
