/**
 * The deterministic world: a pure function of the entries it is stepped over. {@link dev.orrery.world.Tick} is the way in:
 * it turns what arrived into entries, steps the world, and makes the frames. No clock, no thread, no I/O in here.
 */
@NullMarked
package dev.orrery.world;

import org.jspecify.annotations.NullMarked;
