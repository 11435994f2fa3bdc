package dev.orrery.processor;

import com.palantir.javapoet.ClassName;
import java.util.List;
import java.util.Optional;

/**
 * What a browser module of a game holds, as the processor understood {@link dev.orrery.rules.Browser}.
 *
 * @param type of the class of exports
 * @param module path of the module in the class output, without {@code .js}
 * @param map the game's map class
 * @param mapTakesSettings whether its constructor takes the settings
 * @param charts what the page can read of the map
 * @param actors the kinds that clients are told of
 */
record Page(
        ClassName type, String module, ClassName map, boolean mapTakesSettings, List<Chart> charts, List<Part> actors) {

    /**
     * A kind of actor.
     *
     * @param steps whether it takes a step of its own
     * @param meets whether two of it that are near touch each other
     * @param input of what steers it; empty if nothing does
     */
    record Part(Shape actor, boolean steps, boolean meets, Optional<Shape> input) {}

    /**
     * A public field of the map that is a list of records of numbers, exported flat.
     *
     * @param record the element type
     * @param components its components in order
     */
    record Chart(String field, ClassName record, List<String> components) {}

    /** The inputs, each once. */
    List<Shape> inputs() {
        return actors.stream().flatMap(part -> part.input().stream()).distinct().toList();
    }
}
