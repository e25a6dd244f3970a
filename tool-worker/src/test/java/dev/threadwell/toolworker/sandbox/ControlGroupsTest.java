package dev.threadwell.toolworker.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where there is nothing that could be used, nothing is, and nothing is left behind. */
class ControlGroupsTest {

    @TempDir private Path root;

    @Test
    void thereAreNoneWithoutHierarchies() {
        assertThat(ControlGroups.below(root, null).available()).isFalse();
    }

    @Test
    void directoriesThatAreNoHierarchyAreNone() throws IOException {
        Path memory = Files.createDirectories(root.resolve("memory"));
        Files.createDirectories(root.resolve("pids"));

        assertThat(ControlGroups.below(root, "/").available()).isFalse();
        assertThat(memory).isEmptyDirectory();
    }

    @Test
    void aHierarchyWithoutControllersIsNone() throws IOException {
        Files.createFile(root.resolve("cgroup.controllers"));

        assertThat(ControlGroups.below(root, "/own/group").available()).isFalse();
        assertThat(Files.list(root)).hasSize(1);
    }

    @Test
    void onlyGroupsOfTheDeadAreSwept() throws IOException {
        var groups = new ControlGroups(List.of(new ControlGroups.Hierarchy(root, List.of())));
        long us = ProcessHandle.current().pid();
        long alive = ProcessHandle.current().parent().orElseThrow().pid();
        Path ofTheDead = Files.createDirectory(root.resolve("threadwell-999999999-1"));
        Path ofOneWithOurId = Files.createDirectory(root.resolve("threadwell-" + us + "-1"));
        Path ofALivingOne = Files.createDirectory(root.resolve("threadwell-" + alive + "-1"));
        Path ofAnybody = Files.createDirectory(root.resolve("system"));
        Path ours = groups.group(SandboxForTests.LIMITS).directories().getFirst();

        groups.sweep();

        assertThat(ofTheDead).doesNotExist();
        assertThat(ofOneWithOurId).doesNotExist();
        assertThat(List.of(ofALivingOne, ofAnybody, ours)).allSatisfy(p -> assertThat(p).exists());
    }
}
