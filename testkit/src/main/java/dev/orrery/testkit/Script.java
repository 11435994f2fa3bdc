package dev.orrery.testkit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one player does, in the order in which it is said; times are the player's own, from the moment they ask to join.
 *
 * <pre>{@code script.hold(right).forSeconds(2).cut().forSeconds(1).back().hold(left).forSeconds(3).leave()}</pre>
 */
public final class Script {
    private final List<Step> steps = new ArrayList<>();
    private double seconds;

    /** What is done at a time. */
    public sealed interface Step {
        double seconds();
    }

    /** The input is this from now on: an object of the game's input class. */
    public record Hold(double seconds, Object input) implements Step {}

    /** The connection is lost. */
    public record Cut(double seconds) implements Step {}

    /** The player comes back on a new connection; what was held is held on. */
    public record Back(double seconds) implements Step {}

    public record Leave(double seconds) implements Step {}

    public Script hold(Object input) {
        steps.add(new Hold(seconds, input));
        return this;
    }

    public Script cut() {
        steps.add(new Cut(seconds));
        return this;
    }

    public Script back() {
        steps.add(new Back(seconds));
        return this;
    }

    public Script leave() {
        steps.add(new Leave(seconds));
        return this;
    }

    /** So much time passes. */
    public Script forSeconds(double more) {
        seconds += more;
        return this;
    }

    /** All that was said so far. */
    public List<Step> steps() {
        return List.copyOf(steps);
    }

    /** The first step that is due at a time and comes after so many; null if there is none. */
    @Nullable
    Step due(int done, double atSeconds) {
        return done < steps.size() && steps.get(done).seconds() <= atSeconds ? steps.get(done) : null;
    }
}
