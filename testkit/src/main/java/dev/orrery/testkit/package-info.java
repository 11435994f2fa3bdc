/**
 * What tests need, of Orrery and of games made with it. {@link dev.orrery.testkit.DelayProxy} is a bad network with a seed,
 * between real sockets; it needs nothing but the JDK, so tests in any language can start it as a process.
 */
@NullMarked
package dev.orrery.testkit;

import org.jspecify.annotations.NullMarked;
