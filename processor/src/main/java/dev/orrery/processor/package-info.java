/**
 * What happens to a game's rules when they are built: the annotation processor writes their glue and refuses shapes that
 * cannot be synced, and the gate refuses bytecode that would not compute the same bits everywhere. The gate reads the game's
 * logic on the server as well, by laxer bounds: the same on every JVM, and no state that a snapshot would miss.
 */
@NullMarked
package dev.orrery.processor;

import org.jspecify.annotations.NullMarked;
