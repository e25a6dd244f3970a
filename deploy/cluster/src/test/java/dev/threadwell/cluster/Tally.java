package dev.threadwell.cluster;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what clients meet. */
final class Tally {

    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger streams = new AtomicInteger();
    private final AtomicInteger resumed = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();
    private final AtomicLong longestGapNanos = new AtomicLong();
    private final AtomicLong longestRequestNanos = new AtomicLong();
    private final List<String> failed = new CopyOnWriteArrayList<>();
    private final List<String> broken = new CopyOnWriteArrayList<>();

    void asked(long nanos) {
        requests.incrementAndGet();
        longestRequestNanos.accumulateAndGet(nanos, Math::max);
    }

    void failed(String request) {
        failed.add(request);
    }

    void repeated() {
        repeated.incrementAndGet();
    }

    void streamed(Duration longestGap) {
        streams.incrementAndGet();
        longestGapNanos.accumulateAndGet(longestGap.toNanos(), Math::max);
    }

    void resumed() {
        resumed.incrementAndGet();
    }

    void broke(String run) {
        broken.add(run);
    }

    LoadReport report(int runs) {
        return new LoadReport(
                runs,
                requests.get(),
                streams.get(),
                resumed.get(),
                repeated.get(),
                Duration.ofNanos(longestGapNanos.get()),
                Duration.ofNanos(longestRequestNanos.get()),
                List.copyOf(failed),
                List.copyOf(broken));
    }
}
