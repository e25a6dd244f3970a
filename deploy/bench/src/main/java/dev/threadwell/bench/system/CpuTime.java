package dev.threadwell.bench.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The CPU time of each process in seconds, including its child processes. */
public record CpuTime(Map<String, Double> seconds) {

    private static final double TICKS_A_SECOND = 100;
    private static final String LOAD = "bench itself";

    /** The CPU time that the processes of a system and this process have used so far. */
    public static CpuTime now(Target target) {
        Map<String, Double> used = new LinkedHashMap<>();
        Map<Long, String> names = new LinkedHashMap<>();
        for (Target.RunningProcess process : target.processes()) {
            names.merge(process.pid(), process.id(), (a, b) -> a + " + " + b);
        }
        names.forEach((pid, name) -> used.put(name, withChildren(pid)));
        used.put(LOAD, withChildren(ProcessHandle.current().pid()));
        return new CpuTime(used);
    }

    /** The CPU time used between an earlier moment and this one. */
    public CpuTime since(CpuTime before) {
        Map<String, Double> used = new LinkedHashMap<>();
        seconds.forEach(
                (name, now) -> used.put(name, now - before.seconds.getOrDefault(name, 0.0)));
        return new CpuTime(used);
    }

    private static double withChildren(long pid) {
        Stream<ProcessHandle> children =
                ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants);
        return of(pid) + children.mapToDouble(child -> of(child.pid())).sum();
    }

    /** Returns 0 for a process that has ended meanwhile. */
    private static double of(long pid) {
        try {
            return seconds(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
        } catch (IOException e) {
            return 0;
        }
    }

    /**
     * User and system time from a line of {@code /proc/<pid>/stat}; the name may contain spaces.
     */
    static double seconds(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
    }
}
