package dev.orrery.rules;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On the package of a web module: asks for a class {@code RulesExports} there, which TeaVM compiles to the ES module
 * that steps these actors in the browser.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.PACKAGE)
public @interface Browser {
    /** All kinds of actors of the game; those that implement {@link Solo} with the same map. */
    Class<?>[] value();

    /**
     * Where TeaVM's plugin is told to put the module, below the class output and without {@code .js}; its declarations
     * go beside it.
     */
    String module();
}
