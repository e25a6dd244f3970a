package dev.threadwell.toolworker.codeinterpreter;

import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens sessions that execute nothing. */
final class FakeSandbox implements CodeSandbox {

    final List<FakeSession> opened = new ArrayList<>();

    @Override
    public @Nullable String unavailable() {
        return null;
    }

    @Override
    public synchronized Session open() {
        opened.add(new FakeSession());
        return opened.getLast();
    }

    /** One that only lives and dies. */
    static final class FakeSession implements CodeSandbox.Session {

        private volatile boolean alive = true;

        @Override
        public List<CodeSandbox.Output> execute(String code, Duration limit) {
            return List.of();
        }

        @Override
        public void put(String name, long size, InputStream bytes) {}

        @Override
        public <T> T get(String name, long most, CodeSandbox.Reader<T> reader) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<CodeSandbox.SandboxFile> list() {
            return List.of();
        }

        @Override
        public boolean isAlive() {
            return alive;
        }

        @Override
        public void close() {
            alive = false;
        }
    }
}
