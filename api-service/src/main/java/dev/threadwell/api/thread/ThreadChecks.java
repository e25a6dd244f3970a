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

    /** A page of the thread's objects; fails with 404 if the thread does not exist. */
    public <T> Uni<Page<T>> holding(String project, String thread, Supplier<Uni<Page<T>>> page) {
        return threads.find(project, thread)
                .invoke(found -> ObjectKind.THREAD.existing(found, thread))
                .chain(found -> page.get());
    }

    /** Fails with 404 for the thread if that does not exist, or else for the object. */
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
