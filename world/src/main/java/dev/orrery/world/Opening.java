package dev.orrery.world;

import dev.orrery.rules.Settings;

/**
 * What world a journal is of.
 *
 * @param game its name
 * @param rules hash of rules and schema, as clients have it; empty if there is none
 * @param layout of the fields of all actors and inputs: records of another one cannot be read
 * @param map hash of the map, as its game describes it
 * @param seed of all the world's randomness
 * @param settings with which the world began
 */
public record Opening(String game, String rules, int layout, int map, int seed, Settings settings) {
    static Opening of(Plan plan, String rules, int seed, Settings settings) {
        return new Opening(plan.name(), rules, plan.layout(), plan.mapHash(), seed, settings);
    }

    /** Says whether a world of this build can step the journal. */
    void require(Plan plan) throws RecordException {
        if (!game.equals(plan.name())) {
            throw RecordException.Reason.OTHER_GAME.exception();
        }
        if (layout != plan.layout()) {
            throw RecordException.Reason.OTHER_LAYOUT.exception();
        }
        if (map != plan.mapHash()) {
            throw RecordException.Reason.OTHER_MAP.exception();
        }
    }
}
