/**
 * How ships move: the same bytecode steps them on the server and predicts them in the browser. Imports nothing but
 * {@link dev.orrery.rules} and {@link java.util.List}.
 */
@NullMarked
package dev.orrery.arena.rules;

import org.jspecify.annotations.NullMarked;
