/** The Java client: for Java games, bots and tests. It knows rules and frames, never a world. */
@NullMarked
package dev.orrery.client;

import org.jspecify.annotations.NullMarked;
