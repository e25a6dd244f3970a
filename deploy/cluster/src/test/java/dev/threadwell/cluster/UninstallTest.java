package dev.threadwell.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.flow.Eventually;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What is left of the product when it has been uninstalled. */
@OnCluster
@Order(9)
class UninstallTest {

    private final Installation installation;

    UninstallTest(Installation installation) {
        this.installation = installation;
    }

    @Test
    void nothingIsLeft() {
        long began = System.nanoTime();
        installation.release().uninstalls();

        // helm does not wait for the pods, which finish what they have begun
        Eventually.holds("nothing is left", () -> assertThat(left()).isEmpty());
        Figures.add("uninstall, until the last pod has ended", Installation.since(began), "");
    }

    /** The names of everything in the namespace that the chart made, of whichever kind. */
    private List<String> left() {
        var kinds =
                installation
                        .kubectl()
                        .run("api-resources", "--namespaced", "--verbs=list,delete", "-o", "name")
                        .ok()
                        .lines()
                        .filter(kind -> !kind.startsWith("events"))
                        .toList();
        return installation
                .kubectl()
                .run(
                        "get",
                        String.join(",", kinds),
                        "--selector",
                        Installation.selector(),
                        "--ignore-not-found",
                        "--output",
                        "name")
                .ok()
                .lines()
                .toList();
    }
}
