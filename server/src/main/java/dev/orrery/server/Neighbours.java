package dev.orrery.server;

import dev.orrery.world.Outgoing;
import java.util.List;

/** What an instance knows of the others. */
interface Neighbours {
    /** Does what an instance's newest tick wants done outside of it, in its order. On the world's thread. */
    void perform(Instance from, List<Outgoing> effects);

    /** An instance has closed. Called once, by any thread. */
    void closed(Instance instance);
}
