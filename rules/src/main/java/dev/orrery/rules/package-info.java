/**
 * What a game's shared rules are written with. A rules package imports nothing but this one, so that the same bytecode
 * runs on the server and, compiled by TeaVM, in the browser, and gives the same bits on both.
 */
@NullMarked
package dev.orrery.rules;

import org.jspecify.annotations.NullMarked;
