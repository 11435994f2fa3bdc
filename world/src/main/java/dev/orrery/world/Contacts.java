package dev.orrery.world;

import dev.orrery.rules.Contact;
import dev.orrery.rules.Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets actors that touch meet, see {@link Contact}: who touches whom is decided once, by the places after the solo steps. Owned
 * by the world's thread.
 */
final class Contacts {
    private final List<ActorKind> touching;
    private final Places places;

    Contacts(List<ActorKind> kinds, Places places) {
        this.touching = kinds.stream()
                .filter(kind -> kind.touches() != null && kind.hasPlace())
                .toList();
        this.places = places;
    }

    void meet(List<@Nullable Body> bodies, Object map, Settings settings) {
        if (touching.isEmpty()) {
            return;
        }
        for (int slot = 1; slot < bodies.size(); slot++) {
            Body body = bodies.get(slot);
            if (body != null && body.actor() instanceof Contact<?, ?> actor) {
                meetAll(bodies, body, actor, map, settings);
            }
        }
        places.forget();
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // A kind's other class is taken from its own declaration.
    private void meetAll(List<@Nullable Body> bodies, Body body, Contact actor, Object map, Settings settings) {
        Class<?> others = body.kind().touches();
        int count = places.near(bodies, body.slot(), actor.reach());
        for (int i = 0; i < count; i++) {
            int slot = places.found()[i];
            Body other = bodies.get(slot);
            boolean twice = others == body.kind().type() && slot < body.slot();
            if (other != null && other.kind().type() == others && !twice) {
                actor.contact(other.actor(), map, settings);
            }
        }
    }
}
