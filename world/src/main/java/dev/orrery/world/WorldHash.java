package dev.orrery.world;

import dev.orrery.rules.Digest;
import dev.orrery.rules.Settings;
import dev.orrery.wire.CellGrid;
import java.util.List;

/**
 * The digest of a world at the end of a tick: every field and input of every actor, every player, the settings and those that
 * are announced, and which ids were given out. Beside it, one for each cell. Owned by the world's thread.
 */
final class WorldHash {
    private static final int CLOCK = Integer.MIN_VALUE + 1;
    private static final int ANNOUNCED = Integer.MIN_VALUE + 2;
    private static final int FREE_SLOT = Integer.MIN_VALUE + 3;

    private final Digest digest = new Digest();
    private final CellDigests cells;
    private final int[] visible;
    private final int[] words = new int[10];
    private final int[] generation = new int[1];

    WorldHash(List<ActorKind> kinds, CellGrid grid) {
        cells = new CellDigests(grid);
        visible = new int[kinds.stream().mapToInt(ActorKind::rowLength).max().orElse(0)];
    }

    Digest digest() {
        return digest;
    }

    CellDigests cells() {
        return cells;
    }

    void compute(long tick, Settings settings, List<Entry.Retuned> announced, Bodies bodies, Players players) {
        digest.clear();
        cells.clear();
        for (int slot = 1; slot < bodies.slots(); slot++) {
            Body body = bodies.at(slot);
            if (body != null) {
                body.hash(digest, cells.of(cells.cellOf(body)), visible);
            } else {
                generation[0] = bodies.generation(slot);
                digest.add(slot, FREE_SLOT, generation, 0, 1);
            }
        }
        for (Player player : players.all()) {
            player.hash(digest);
        }
        add(players.joins(), CLOCK, tick, settings);
        for (int i = 0; i < announced.size(); i++) {
            add(i, ANNOUNCED, announced.get(i).fromTick(), announced.get(i).settings());
        }
    }

    private void add(int id, int kind, long tick, Settings settings) {
        long speed = Double.doubleToRawLongBits(settings.movementSpeed());
        long smoothing = Double.doubleToRawLongBits(settings.smoothing());
        words[0] = (int) tick;
        words[1] = (int) (tick >>> Integer.SIZE);
        words[2] = settings.tickRate();
        words[3] = (int) speed;
        words[4] = (int) (speed >>> Integer.SIZE);
        words[5] = settings.broadcastFrames();
        words[6] = (int) smoothing;
        words[7] = (int) (smoothing >>> Integer.SIZE);
        words[8] = settings.maxPlayers();
        words[9] = settings.reconnectAttempts();
        digest.add(id, kind, words, 0, words.length);
    }
}
