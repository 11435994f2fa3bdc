package dev.orrery.processor;

import com.palantir.javapoet.ClassName;
import java.util.List;

/**
 * What a browser module of a game holds, as the processor understood {@link dev.orrery.rules.Browser}.
 *
 * @param type of the class of exports
 * @param module path of the module in the class output, without {@code .js}
 * @param map the game's map class
 * @param mapTakesSettings whether its constructor takes the settings
 * @param charts what the page can read of the map
 * @param actors the predicted kinds with the inputs that steer them
 */
record Page(
        ClassName type, String module, ClassName map, boolean mapTakesSettings, List<Chart> charts, List<Pair> actors) {

    /** An actor and its input. */
    record Pair(Shape actor, Shape input) {}

    /**
     * A public field of the map that is a list of records of numbers, exported flat.
     *
     * @param record the element type
     * @param components its components in order
     */
    record Chart(String field, ClassName record, List<String> components) {}

    /** The inputs, each once. */
    List<Shape> inputs() {
        return actors.stream().map(Pair::input).distinct().toList();
    }
}
