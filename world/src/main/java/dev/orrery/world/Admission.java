package dev.orrery.world;

import java.util.List;

/** How entries come into effect: what the world itself does with each, and of which its game hears. Owned by the world's thread. */
final class Admission {
    private final World world;
    private final Game game;
    private int applying = -1;
    private boolean gameHeard;

    Admission(World world, Game game) {
        this.world = world;
        this.game = game;
    }

    /** Applies a tick's, in their order. What it throws is the game's. */
    void admit(List<Entry> entries) {
        gameHeard = false;
        for (applying = 0; applying < entries.size(); applying++) {
            apply(entries.get(applying));
        }
        applying = -1;
    }

    /** Which one is being applied, or threw; -1 if none was, in the newest tick. */
    int applying() {
        return applying;
    }

    /** Whether the game was told of any of the newest: it may have changed any actor then. */
    boolean wasGameHeard() {
        return gameHeard;
    }

    private void apply(Entry entry) {
        gameHeard |= entry instanceof Entry.Joined
                || entry instanceof Entry.Arrived
                || entry instanceof Entry.Left
                || entry instanceof Entry.Commanded;
        switch (entry) {
            case Entry.Joined joined -> game.join(world, enter(joined.player(), joined.name()));
            case Entry.Arrived arrived -> arrive(arrived);
            case Entry.Dropped dropped -> present(dropped.player()).away(true);
            case Entry.Resumed resumed -> present(resumed.player()).away(false);
            case Entry.Left left -> dismiss(present(left.player()));
            case Entry.Steered(String player, int[] row, int viewLag) ->
                present(player).wants(row, viewLag);
            case Entry.Commanded commanded -> game.command(world, commanded.command());
            case Entry.Retuned retuned -> world.announce(retuned);
            case Entry.Skipped skipped -> omit(skipped.omitted());
        }
    }

    /** What the world itself keeps of an entry of which its game does not hear. */
    private void omit(Entry omitted) {
        switch (omitted) {
            case Entry.Left left -> {
                Player player = present(left.player());
                world.despawn(player.actor());
                forget(player);
            }
            case Entry.Dropped _, Entry.Resumed _, Entry.Retuned _ -> apply(omitted);
            case Entry.Joined _, Entry.Arrived _, Entry.Steered _, Entry.Commanded _, Entry.Skipped _ -> {}
        }
    }

    private Player present(String id) {
        return world.roster().present(id);
    }

    private Player enter(String id, String name) {
        Player player = world.roster().add(world, id, name);
        world.directoryChanged(player);
        return player;
    }

    private void arrive(Entry.Arrived arrived) {
        Player player = enter(arrived.player(), arrived.name());
        player.away(true);
        ActorKind kind = world.plan().kindNamed(arrived.kind());
        if (kind == null || kind.rowLength() != arrived.row().length) {
            game.join(world, player);
            return;
        }
        Object actor = kind.kind().create();
        kind.kind().read(kind.withoutRefs(arrived.row()), 0, actor);
        game.arrive(world, player, actor);
    }

    /** The player goes, and the game hears of it. */
    void dismiss(Player player) {
        world.roster().remove(player);
        game.leave(world, player);
        forget(player);
    }

    private void forget(Player player) {
        world.roster().remove(player);
        player.release();
        world.changes().directory.remove(player);
        world.changes().left.add(player.id());
    }
}
