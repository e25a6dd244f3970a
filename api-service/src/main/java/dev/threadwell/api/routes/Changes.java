package dev.threadwell.api.routes;

import dev.threadwell.api.validation.ObjectKind;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** This POST changes the object that the last id of the path names; a GET of that path reads it. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Changes {

    /** The kind of the object. */
    ObjectKind value();
}
