package dev.orrery.testkit;

import dev.orrery.world.GameFailure;
import dev.orrery.world.Player;
import dev.orrery.world.World;
import dev.orrery.world.WorldCounter;
import java.util.HexFormat;
import java.util.List;
import java.util.NoSuchElementException;

/** What a {@link Simulation} has come to. */
public final class Run {
    private final World world;
    private final byte[] recording;
    private final String fingerprint;
    private final List<GameFailure> failures;
    private final SimulatedServer server;

    Run(SimulatedServer server) {
        this.server = server;
        world = server.world();
        recording = server.recording();
        fingerprint = HexFormat.of().formatHex(server.fingerprint(), 0, 16);
        failures = List.copyOf(server.failures());
    }

    public long ticks() {
        return world.tick();
    }

    /** As it is at the end; to be looked at. */
    public World world() {
        return world;
    }

    /**
     * The actor of a player, as it is at the end.
     *
     * @throws NoSuchElementException if the player is not there, or has no such actor
     */
    public <A> A actor(String player, Class<A> type) {
        for (Player there : world.players()) {
            if (there.id().equals(player) && type.isInstance(there.actor())) {
                return type.cast(there.actor());
            }
        }
        throw new NoSuchElementException(player + " has no " + type.getSimpleName() + " at the end of tick " + ticks());
    }

    /** How often something has happened. */
    public long count(WorldCounter counter) {
        return server.counters().count(counter);
    }

    /** Times that the game threw, see {@link Simulation#survivingFailures}. */
    public List<GameFailure> failures() {
        return failures;
    }

    /** Everything that entered the world, as {@code ./orrery replay} reads it. */
    public byte[] recording() {
        return recording.clone();
    }

    /** A digest of all that was journalled, sent and hashed: of the same seed it is the same, on every machine. */
    public String fingerprint() {
        return fingerprint;
    }
}
