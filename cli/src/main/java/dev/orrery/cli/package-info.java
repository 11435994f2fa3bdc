/** The command line of a game. */
@NullMarked
package dev.orrery.cli;

import org.jspecify.annotations.NullMarked;
