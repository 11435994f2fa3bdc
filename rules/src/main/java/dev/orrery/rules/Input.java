package dev.orrery.rules;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A class that says what a player wants in one tick. Fields as in {@link Actor}; all start neutral, because a player who
 * falls silent gets a fresh object.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Input {
    /** The name of the kind in JSON and TypeScript; by default the class name in lower camel case. */
    String name() default "";
}
