package dev.threadwell.platform.log;

import io.quarkus.logging.LoggingFilter;
import java.util.Arrays;
import java.util.Locale;
import java.util.logging.ConsoleHandler;
import java.util.logging.Filter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logmanager.ExtHandler;

/**
 * Makes the console write JSON if that is configured.
 *
 * <p>It is a filter that lets everything pass, because a filter is asked before the first line is
 * written, and the framework has no other place for a format of ours. Plain lines cost a look at a
 * field.
 */
@LoggingFilter(name = "log-format")
public final class LogFormat implements Filter {

    private volatile boolean pending;

    /** Creates the filter with the setting of {@link LogConfig#format}; the framework does. */
    public LogFormat() {
        this(
                ConfigProvider.getConfig()
                        .getOptionalValue("threadwell.log.format", String.class)
                        .orElse("plain"));
    }

    LogFormat(String format) {
        this.pending = "json".equals(format.trim().toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean isLoggable(LogRecord line) {
        if (pending) {
            pending = !setJson(Logger.getLogger(""));
        }
        return true;
    }

    private static boolean setJson(Logger root) {
        boolean found = false;
        for (Handler handler : root.getHandlers()) {
            found |= setJson(handler);
        }
        return found;
    }

    private static boolean setJson(Handler handler) {
        if (handler instanceof ConsoleHandler
                || handler instanceof org.jboss.logmanager.handlers.ConsoleHandler) {
            handler.setFormatter(new JsonLogFormatter());
            return true;
        }
        return handler instanceof ExtHandler parent
                && Arrays.stream(parent.getHandlers())
                        .map(LogFormat::setJson)
                        .reduce(false, Boolean::logicalOr);
    }
}
