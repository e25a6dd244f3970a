package dev.threadwell.api.thread;

import dev.threadwell.api.validation.ObjectKind;
import dev.threadwell.persistence.thread.ThreadStore;
import dev.threadwell.wire.Page;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Supplier;

/** Finds out, for a missing object of a thread, whether the thread itself is missing. */
@ApplicationScoped
public class ThreadChecks {

    private final ThreadStore threads;

    @Inject
    public ThreadChecks(ThreadStore threads) {
        this.threads = threads;
    }

    /** A page of what a thread holds; fails if there is no such thread. */
    public <T> Uni<Page<T>> holding(String project, String thread, Supplier<Uni<Page<T>>> page) {
        return threads.find(project, thread)
                .invoke(found -> ObjectKind.THREAD.existing(found, thread))
                .chain(found -> page.get());
    }

    /** Fails: there is no such thread, or nothing with this id is in it. */
    public <T> Uni<T> missing(String project, String thread, ObjectKind kind, String id) {
        return threads.find(project, thread)
                .map(
                        found -> {
                            throw found == null
                                    ? ObjectKind.THREAD.notFound(thread)
                                    : kind.notFound(id);
                        });
    }
}
