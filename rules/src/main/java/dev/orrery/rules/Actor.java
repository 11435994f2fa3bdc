package dev.orrery.rules;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A class whose objects stand in a world: a final top-level class with a constructor without parameters, all of whose
 * instance fields are synced. The annotation processor writes its {@link Kind}.
 *
 * <p>A field may be a {@code double} with {@link Num}, an {@code int} (any value, or bounded by {@link Int}, or the id of
 * an actor with {@link Ref}), a {@code boolean}, an enum, or a final array of these with {@link Length}. {@link Owner}
 * and {@link Hidden} say who may see it; without them everyone does.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Actor {
    /** The name of the kind in JSON and TypeScript; by default the class name in lower camel case. */
    String name() default "";
}
