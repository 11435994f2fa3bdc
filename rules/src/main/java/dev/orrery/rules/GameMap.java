package dev.orrery.rules;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The static part of a world: a final class whose fields are all final, built by a constructor that takes
 * {@link Settings} or nothing, so that server and browser build the same one.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface GameMap {}
