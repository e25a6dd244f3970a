/**
 * The servers for tests: one PostgreSQL and one Kafka for the whole test JVM.
 *
 * <p>A module enables them with a file {@code
 * META-INF/services/org.junit.platform.launcher.LauncherSessionListener} in its test resources that
 * names {@link dev.threadwell.embedded.test.ServersForTests}.
 */
@NullMarked
package dev.threadwell.embedded.test;

import org.jspecify.annotations.NullMarked;
