package dev.threadwell.api.routes;

import dev.threadwell.api.validation.ObjectKind;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * This POST creates an object, which is read with a GET of the same path followed by its id. A
 * repetition with the same {@code Idempotency-Key} creates it under the same id.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Creates {

    /** The kind of the object. */
    ObjectKind value();

    /**
     * The kind of a parent that is created with the object; in the object's path, the parent's id
     * is in front of the last segment of this path. Empty if there is none.
     */
    ObjectKind[] in() default {};
}
