package dev.orrery.rules;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A class that tells players about something that happened once. Fields as in {@link Actor}. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Event {
    /** The name of the kind in JSON and TypeScript; by default the class name in lower camel case. */
    String name() default "";
}
