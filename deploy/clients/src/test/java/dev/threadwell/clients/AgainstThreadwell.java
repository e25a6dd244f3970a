package dev.threadwell.clients;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test class whose methods or constructor may take the {@link dev.threadwell.clients.Target}. */
@Tag("server")
@ExtendWith(RunningThreadwell.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface AgainstThreadwell {}
