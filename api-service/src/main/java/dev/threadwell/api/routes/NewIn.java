package dev.threadwell.api.routes;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The paths below this resource's path do not exist in older versions of the API. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface NewIn {

    /** The first version that has them, as the header {@code OpenAI-Beta} names it. */
    String value();
}
