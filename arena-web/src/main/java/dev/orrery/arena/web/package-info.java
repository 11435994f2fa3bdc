/** The arena's rules for the browser: the processor writes {@code RulesExports} here, and TeaVM compiles it. */
@Browser(
        value = {Ship.class, Shell.class},
        module = "games/arena/rules/rules")
@NullMarked
package dev.orrery.arena.web;

import dev.orrery.arena.rules.Shell;
import dev.orrery.arena.rules.Ship;
import dev.orrery.rules.Browser;
import org.jspecify.annotations.NullMarked;
