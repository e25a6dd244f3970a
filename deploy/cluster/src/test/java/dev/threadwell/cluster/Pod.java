package dev.threadwell.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** A pod as the API server shows it. */
record Pod(JsonNode object) {

    String name() {
        return object.at("/metadata/name").asText();
    }

    boolean isEnding() {
        return !object.at("/metadata/deletionTimestamp").isMissingNode();
    }

    /** How often its containers were started again. */
    int restarts() {
        int restarts = 0;
        for (JsonNode container : object.at("/status/containerStatuses")) {
            restarts += container.path("restartCount").asInt();
        }
        return restarts;
    }

    /** The JVMs of this pod, where the test runs on its node and may see them. */
    List<ProcessHandle> jvms() {
        String uid = object.at("/metadata/uid").asText();
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").endsWith("/java"))
                .filter(process -> isIn(uid, process))
                .toList();
    }

    // The name of a pod's group is made of its uid; with systemd's groups "_" stands for "-".
    private static boolean isIn(String uid, ProcessHandle process) {
        try {
            String groups = Files.readString(Path.of("/proc/" + process.pid() + "/cgroup"));
            return groups.contains(uid) || groups.contains(uid.replace('-', '_'));
        } catch (NoSuchFileException ended) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
