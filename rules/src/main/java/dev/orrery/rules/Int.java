package dev.orrery.rules;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The range of an {@code int} field. A value outside is held at the nearer bound when the tick ends. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Int {
    /** Smallest value, inclusive. */
    int min() default 0;

    /** Largest value, inclusive. */
    int max();
}
