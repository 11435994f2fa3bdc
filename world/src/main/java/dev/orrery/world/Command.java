package dev.orrery.world;

import dev.orrery.wire.Json;

/**
 * What an operator or another world wants of a world: it enters through the journal, like everything else.
 *
 * @param name of the command; {@link #ANNOUNCE} is understood by every game
 * @param body whatever belongs to it
 * @param from id of the instance that sent it, or {@link #OPERATOR}
 */
public record Command(String name, Json body, String from) {
    /** {@code {text}}: says it to all players, see {@link World#say}. */
    public static final String ANNOUNCE = "announce";

    /** The origin of what comes through the management API. No instance has this id. */
    public static final String OPERATOR = "operator";
}
