package dev.threadwell.runworker.hold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.runworker.Samples;
import dev.threadwell.runworker.model.ModelCall;
import dev.threadwell.runworker.model.ModelFailure;
import dev.threadwell.runworker.turn.ModelEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The model is asked while the claim is under way. */
class EarlyCallTest {

    private static final ModelEvent HEL = new ModelEvent.Text("Hel");
    private static final ModelEvent LO = new ModelEvent.Text("lo");

    private final World world = new World(Samples.run());
    private final Heard heard = new Heard();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void whatTheModelSaysBeforeTheClaimIsHeardAfterIt() {
        EarlyCall early = world.early(world.services());
        world.untilAsked();
        world.says(HEL, LO);

        world.onContext(() -> early.passedTo(heard, sources -> {}, heard::asked));

        assertThat(heard.events).containsExactly(HEL, LO);
    }

    @Test
    void whatTheModelSaysAfterTheClaimIsHeardBehindIt() {
        EarlyCall early = world.early(world.services());
        world.untilAsked();
        world.says(HEL);
        world.onContext(() -> early.passedTo(heard, sources -> {}, heard::asked));

        world.says(LO);
        world.stops();

        assertThat(heard.events).containsExactly(HEL, LO, "ended");
    }

    @Test
    void aRunThatIsNotOursEndsTheCall() {
        EarlyCall early = world.early(world.services());
        world.untilAsked();

        early.abandon();

        World.until(() -> world.model.aborted);
    }

    @Test
    void aCallThatFailedIsAskedAnewByTheHolder() {
        world.model.broken = true;
        EarlyCall early = world.early(world.services());

        world.onContext(() -> early.passedTo(heard, sources -> {}, heard::asked));

        World.until(() -> heard.events.equals(List.of("asked anew")));
    }

    @Test
    void anAbortedCallIsHeardNoMore() {
        EarlyCall early = world.early(world.services());
        world.untilAsked();
        world.onContext(() -> early.passedTo(heard, sources -> {}, heard::asked).abort());

        world.says(HEL);

        assertThat(heard.events).isEmpty();
        assertThat(world.model.aborted).isTrue();
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
