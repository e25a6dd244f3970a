package dev.threadwell.platform.log;

import dev.threadwell.platform.schedule.PeriodicJob;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jboss.logmanager.LogContext;
import org.jspecify.annotations.Nullable;

/**
 * Sets the levels of log categories as a file says them, and again when the file has changed. A
 * category that is not in the file any more, or whose file is gone, has the level of the start.
 *
 * <p>A file, because a ConfigMap is one, and because nobody can set levels who cannot set anything
 * else.
 */
@ApplicationScoped
public class LogLevels {

    private static final org.jboss.logging.Logger LOG =
            org.jboss.logging.Logger.getLogger(LogLevels.class);

    /** A file with levels is short; a longer one is something else. */
    private static final int MAX_BYTES = 64 * 1024;

    private final Vertx vertx;
    private final LogConfig config;
    private final Map<String, Changed> changed = new HashMap<>();
    private String applied = "";
    private @Nullable PeriodicJob job;

    /** A category with the level of the start; holds its logger, which would be forgotten else. */
    private record Changed(Logger logger, @Nullable Level before) {}

    @Inject
    public LogLevels(Vertx vertx, LogConfig config) {
        this.vertx = vertx;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        config.levelsFile().ifPresent(this::follow);
    }

    private void follow(Path file) {
        job =
                PeriodicJob.start(
                        vertx,
                        "read the levels of the log",
                        config.levelsEvery(),
                        () ->
                                Uni.createFrom()
                                        .item(() -> read(file))
                                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                                        .invoke(this::apply)
                                        .replaceWith(false));
    }

    void stop(@Observes ShutdownEvent event) {
        if (job != null) {
            job.stop();
        }
    }

    private static String read(Path file) {
        if (!Files.exists(file)) {
            return "";
        }
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Applies the text of the file, unless it is that of the last time. */
    synchronized void apply(String text) {
        if (text.equals(applied)) {
            return;
        }
        Map<String, Level> wanted = levels(text);
        changed.entrySet()
                .removeIf(
                        one -> {
                            boolean over = !wanted.containsKey(one.getKey());
                            if (over) {
                                one.getValue().logger().setLevel(one.getValue().before());
                            }
                            return over;
                        });
        wanted.forEach(this::set);
        applied = text;
        LOG.infof("the levels of the log are set count=%d", wanted.size());
    }

    private void set(String category, Level level) {
        changed.computeIfAbsent(
                        category,
                        name -> {
                            Logger logger = Logger.getLogger(name);
                            return new Changed(logger, logger.getLevel());
                        })
                .logger()
                .setLevel(level);
    }

    private static Map<String, Level> levels(String text) {
        Properties lines = new Properties();
        try {
            lines.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            LOG.warnf("the file with levels cannot be read reason=%s", e.getMessage());
        }
        Map<String, Level> levels = new HashMap<>();
        for (String category : lines.stringPropertyNames()) {
            String level = lines.getProperty(category).trim().toUpperCase(Locale.ROOT);
            try {
                levels.put(category, LogContext.getLogContext().getLevelForName(level));
            } catch (IllegalArgumentException e) {
                LOG.warnf("there is no such level category=%s level=%s", category, level);
            }
        }
        return levels;
    }
}
