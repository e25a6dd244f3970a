package dev.threadwell.runworker;

import dev.threadwell.persistence.run.Leases;
import dev.threadwell.persistence.run.RunKey;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Compares the runs that this worker executes with its claims in the database, sweep after sweep. A
 * worker can miss that a run was cancelled, has expired or was deleted: its consumer of {@code
 * run.cancelled} has no position yet when it has just started.
 */
final class ClaimComparison {

    private Set<RunKey> unknown = Set.of();
    private Set<String> unclaimed = Set.of();

    /**
     * What is to be done.
     *
     * @param toStop the ids of executions that may have to end; a needless stop changes nothing
     * @param lost claims that nobody executes
     */
    record Difference(Set<String> toStop, List<RunKey> lost) {}

    /**
     * Compares. A claim without an execution, and an execution without a claim, count only when two
     * sweeps in a row find them, because the run may be starting or ending at the first. A claim
     * can be lost because it is committed although the database's answer to it does not arrive.
     *
     * @param held the claims in the database
     * @param running the ids of the executions
     * @param executes whether this worker executes the run, or is about to
     */
    Difference compare(
            List<Leases.Held> held, Collection<String> running, Predicate<String> executes) {
        Set<String> claimed = ids(held);
        Set<String> toStop = new HashSet<>();
        Set<String> unclaimedNow = new HashSet<>(running);
        unclaimedNow.removeAll(claimed);
        unclaimedNow.stream().filter(unclaimed::contains).forEach(toStop::add);
        unclaimed = unclaimedNow;
        held.stream()
                .filter(one -> !one.inProgress())
                .map(one -> one.key().runId())
                .forEach(toStop::add);

        Set<RunKey> before = unknown;
        unknown =
                held.stream()
                        .map(Leases.Held::key)
                        .filter(key -> !executes.test(key.runId()))
                        .collect(Collectors.toSet());
        return new Difference(toStop, unknown.stream().filter(before::contains).toList());
    }

    private static Set<String> ids(List<Leases.Held> held) {
        return held.stream().map(one -> one.key().runId()).collect(Collectors.toSet());
    }
}
