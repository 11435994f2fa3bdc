package dev.orrery.cli;

import dev.orrery.client.BitCounts;
import dev.orrery.client.SeenGame;
import dev.orrery.client.View;
import dev.orrery.wire.BlockException;
import dev.orrery.world.Audience;
import dev.orrery.world.Plan;
import dev.orrery.world.Player;
import dev.orrery.world.World;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the clients of a replayed game are sent of it as frames, and what for. Each player's frames are read as their client reads
 * them, which finds each checked cell as the replayed world has it. Owned by one thread.
 */
final class FrameReport {
    private static final double MILLIS_PER_SECOND = 1_000;
    private static final double PERCENTILE = 0.99;

    private final World world;
    private final Audience audience;
    private final SeenGame game;
    private final BitCounts counts;
    private final Map<String, View> views = new HashMap<>();
    /** How many frames have so many bytes. */
    private final TreeMap<Integer, Integer> sizes = new TreeMap<>();

    private int frames;
    private long bytes;
    private long playerMillis;
    private @Nullable String wrong;

    FrameReport(Plan plan, World world) {
        this.world = world;
        this.audience = new Audience(world);
        this.game = seen(plan);
        this.counts = new BitCounts(game);
    }

    private static SeenGame seen(Plan plan) {
        SeenGame game = SeenGame.of(plan.map());
        for (Plan.Role role : plan.roles()) {
            if (role.input() == null) {
                game.actor(role.actor());
            } else {
                game.player(role.actor(), role.input());
            }
        }
        return game;
    }

    /** The world has been stepped. */
    void stepped() {
        int here = (int)
                world.players().stream().filter(player -> !player.isAway()).count();
        playerMillis += (long) here * world.settings().tickRate();
        audience.tell(this::sent);
    }

    private void sent(Player player, byte[] frame) {
        frames++;
        bytes += frame.length;
        sizes.merge(frame.length, 1, Integer::sum);
        View view = views.computeIfAbsent(player.id(), id -> view());
        world.announced().forEach(retuned -> view.announce(retuned.settings(), retuned.fromTick()));
        try {
            view.read(frame);
            if (view.wrongCell() >= 0) {
                fail(player, "has another world in cell " + view.wrongCell());
            }
        } catch (BlockException e) {
            fail(player, "cannot read its frame: " + e.getMessage());
        }
    }

    private View view() {
        View view = new View(game, world.grid(), world.settings());
        view.account(counts);
        return view;
    }

    private void fail(Player player, String how) {
        if (wrong == null) {
            wrong = "at tick " + world.tick() + " the client of " + player.id() + " " + how;
        }
    }

    /** What went wrong first, in a sentence; null if every client found every frame true. */
    @Nullable
    String wrong() {
        return wrong;
    }

    void print(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "frames: %,d for %d players, %.1f bytes each (p99 %d, most %d), %.0f bytes a second for each player%n",
                frames,
                views.size(),
                (double) bytes / Math.max(frames, 1),
                percentile(),
                sizes.isEmpty() ? 0 : sizes.lastKey(),
                bytes * MILLIS_PER_SECOND / Math.max(playerMillis, 1));
        out.print(counts.table(Math.max(frames, 1)));
        out.flush();
    }

    private int percentile() {
        int seen = 0;
        for (Map.Entry<Integer, Integer> size : sizes.entrySet()) {
            seen += size.getValue();
            if (seen >= PERCENTILE * frames) {
                return size.getKey();
            }
        }
        return 0;
    }
}
