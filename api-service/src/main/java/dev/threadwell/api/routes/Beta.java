package dev.threadwell.api.routes;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Requests below the path of this resource have to ask for a beta with the header {@code
 * OpenAI-Beta}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Beta {

    /** The newest version of the beta, as the header names it. */
    String value();
}
