package dev.orrery.world;

import dev.orrery.rules.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A kind of actor within a plan.
 *
 * @param index place in the plan
 * @param input of what steers it; null for a kind that takes no input
 */
record ActorKind(
        int index,
        Class<?> type,
        Kind<Object> kind,
        @Nullable InputKind input) {
    String name() {
        return kind.table().name();
    }
}
