package dev.threadwell.api.routes;

import dev.threadwell.api.validation.ObjectKind;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * This POST makes an object, which a GET of the path with the id of the object behind it shows. A
 * repetition under an {@code Idempotency-Key} makes it under the same id.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Creates {

    /** What it makes. */
    ObjectKind value();

    /**
     * An object that is made with it and that it lies in; its id stands before the last segment.
     */
    ObjectKind[] in() default {};
}
