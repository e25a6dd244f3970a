package dev.threadwell.containers;

import static dev.threadwell.containers.Questions.simulate;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.flow.Status;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The versions of PostgreSQL and Kafka that we say we run on, each at least once. */
@Tag("server")
@Order(4)
class VersionsTest {

    /** Beside {@link Versions#USUAL}, on which everything else runs. */
    static Stream<Versions> versions() {
        return Stream.of(
                new Versions("15", "3.9.2"),
                new Versions("16", "4.1.1"),
                new Versions("18", "4.4.0"));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void runsAreAnsweredOn(Versions versions) {
        try (var installation = Installation.start(versions, 1, 1)) {
            var client = installation.client().withFunctions("weather");

            var streamed = client.streams(simulate("{'say':'Good day.','tokens':20}"));
            var called =
                    client.asks(
                            simulate("{'calls':[{'name':'weather'}],'then':{'say':'It rains.'}}"));
            var searched =
                    Questions.searching(
                            installation.client(), "a.txt", "The ferry waits.", "ferry");

            streamed.becomes(Status.COMPLETED).streamedWhatIsStored();
            called.becomes(Status.REQUIRES_ACTION).submits("rain");
            called.becomes(Status.COMPLETED).says("It rains.");
            searched.becomes(Status.COMPLETED);
            assertThat(Questions.foundIn(searched)).isEqualTo("a.txt");
            installation.tables().areInOrder();
        }
    }
}
