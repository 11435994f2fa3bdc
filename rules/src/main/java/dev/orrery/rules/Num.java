package dev.orrery.rules;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The range and grain of a {@code double} field. On the wire and in hashes it is a count of quanta. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.FIELD)
public @interface Num {
    /** Smallest value, inclusive; a multiple of the quantum. */
    double min() default 0;

    /** Largest value, inclusive; a multiple of the quantum. */
    double max();

    /** The grain: a power of two, such as {@code 0x1p-8}, with which the whole range counts to at most 2^31 - 1. */
    double quantum();
}
