package dev.threadwell.api.routes;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * This POST has no object that could be looked up, and it can be carried out twice without harm. A
 * repetition with the same {@code Idempotency-Key} does so after the process of the first request
 * has died.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface SafeToRepeat {

    /** Why it is harmless. */
    String value();
}
