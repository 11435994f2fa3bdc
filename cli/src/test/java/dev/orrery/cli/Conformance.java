package dev.orrery.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * A class of conformance tests. Its constructor takes a {@link ConformanceTarget}; it runs once with fast pings, so that
 * sessions live through many, and once with slow ones, so that nothing passes because a session timed out.
 *
 * <p>Without further word the server is {@link ConformanceServer}, in this JVM. The system property
 * {@code conformance.url} names another one, already running; its ping figures stand in
 * {@code conformance.pingInterval} and {@code conformance.pingTimeout} (300 and 200 by default).
 * {@code conformance.secureUrl} names one of the same figures that was started with {@code --secure}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "{0}", allowZeroInvocations = true)
@ArgumentsSource(ConformanceTargets.class)
@interface Conformance {
    /** Whether the server is one with {@code --secure}. */
    boolean secure() default false;
}
