/** The demo game: ships in a harbour. The shared rules stand in {@link dev.orrery.arena.rules}; this is the server's side. */
@NullMarked
package dev.orrery.arena;

import org.jspecify.annotations.NullMarked;
