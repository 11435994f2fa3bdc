package dev.orrery.world;

import dev.orrery.rules.Settings;
import java.util.ArrayList;
import java.util.List;

/**
 * The state of a world at the end of a tick, as bytes: everything that its future depends on beside its seed, its game and what
 * enters it. Of the words, {@code number}, {@code signed}, {@code real} and {@code text} are those of {@link ByteWriter}.
 *
 * <pre>
 *   state    number tick | settings | number n, n × (number ticks from now, settings)       announced
 *            number joins | number n, n × player
 *            number n, n × slot                                                            from slot 1 on
 *            number n, n × past                                                            0 without the past; newest first
 *   player   text id | text name | number serial | number viewLag × 2 + away | input: signed each
 *   slot     number generation | number kind + 1, or 0 if it is free
 *            row: signed each | input: signed each | number player + 1, or 0               index among the players above
 *   past     number n, n × (number id | number kind | row: signed each, as the difference from
 *            the same actor a tick later, if it is there)
 * </pre>
 *
 * One that is only {@linkplain Use#STEP_BACK put back} ends instead of the past with {@code number oldest, number newest + 1}: the ticks that
 * were remembered.
 */
final class Snapshot {
    private Snapshot() {}

    /** What it is for. */
    enum Use {
        /** For any world of the same game and seed. */
        KEEP,
        /** To be put back into the same world, at most {@link History#BACK_TICKS} later: it has its past still. */
        STEP_BACK
    }

    static void write(World world, Use use, ByteWriter out) {
        out.number(world.tick());
        SettingsCodec.write(world.settings(), out);
        out.number(world.announced().size());
        for (int i = 0; i < world.announced().size(); i++) {
            Entry.Retuned retuned = world.announced().get(i);
            out.number(retuned.fromTick() - world.tick());
            SettingsCodec.write(retuned.settings(), out);
        }
        writePlayers(world.roster(), out);
        writeSlots(world.bodies(), world.roster(), out);
        switch (use) {
            case KEEP -> writePast(world.history(), out);
            case STEP_BACK -> {
                out.number(world.history().oldest());
                out.number(world.history().newest() + 1);
            }
        }
    }

    private static void writePlayers(Players players, ByteWriter out) {
        out.number(players.joins());
        out.number(players.all().size());
        for (Player player : players.all()) {
            out.bytes(player.named(), 0, player.named().length);
            out.number(player.serial());
            out.number(player.viewLag() << 1 | (player.isAway() ? 1 : 0));
            out.row(player.input());
        }
    }

    private static void writeSlots(Bodies bodies, Players players, ByteWriter out) {
        players.number();
        out.number(bodies.slots() - 1);
        for (int slot = 1; slot < bodies.slots(); slot++) {
            Body body = bodies.at(slot);
            out.number(bodies.generation(slot));
            if (body == null) {
                out.number(0);
                continue;
            }
            out.number(body.kind().index() + 1);
            out.row(body.row);
            out.row(body.inputRow);
            out.number(body.player == null ? 0 : body.player.number() + 1);
        }
    }

    private static void writePast(History history, ByteWriter out) {
        out.number((int) (history.newest() - history.oldest() + 1));
        for (long tick = history.newest(); tick >= history.oldest(); tick--) {
            Past past = history.at(tick);
            Past later = history.at(tick + 1);
            out.number(past.count());
            for (int i = 0, after = 0; i < past.count(); i++) {
                out.number(past.id(i));
                out.number(past.kind(i));
                after = later.find(past.id(i), after);
                boolean known = tick < history.newest() && after < later.count() && later.id(after) == past.id(i);
                for (int at = 0; at < past.rowLength(i); at++) {
                    int base = known ? later.rows()[later.offset(after) + at] : 0;
                    out.signed(past.rows()[past.offset(i) + at] - base);
                }
            }
        }
    }

    /** Puts a world of the same game and seed into the state. On an exception it is unusable. */
    static void read(World world, Use use, ByteReader in) throws RecordException {
        long tick = in.longNumber();
        Settings settings = SettingsCodec.read(in);
        List<Entry.Retuned> announced = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            long fromTick = tick + in.longNumber();
            announced.add(new Entry.Retuned(SettingsCodec.read(in), fromTick));
        }
        List<Player> players = readPlayers(world, in);
        readSlots(world, players, in);
        switch (use) {
            case KEEP -> readPast(world, tick, in);
            case STEP_BACK -> world.history().reset(in.longNumber(), in.longNumber() - 1);
        }
        world.restore(tick, settings, announced);
        world.rehash();
    }

    private static List<Player> readPlayers(World world, ByteReader in) throws RecordException {
        Players roster = world.roster();
        roster.restore(in.number());
        List<Player> players = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            Player player = roster.restore(world, in.text(), in.text(), in.number());
            int state = in.number();
            int[] input = new int[player.input().length];
            in.row(input);
            player.restore(input, state >>> 1, (state & 1) != 0);
            players.add(player);
        }
        return players;
    }

    private static void readSlots(World world, List<Player> players, ByteReader in) throws RecordException {
        Bodies bodies = world.bodies();
        bodies.clear();
        for (int left = in.count(); left > 0; left--) {
            int generation = in.number();
            int kindNumber = in.number();
            if (kindNumber == 0) {
                bodies.restoreEmpty(generation);
                continue;
            }
            ActorKind kind = world.plan().kindAt(kindNumber - 1);
            Body body = bodies.restore(generation, kind.kind().create(), kind);
            int[] row = new int[kind.rowLength()];
            in.row(row);
            restoreRow(body, row);
            int[] input = new int[body.inputRow.length];
            in.row(input);
            body.steer(input);
            int player = in.number();
            if (player > 0) {
                players.get(at(player - 1, players.size())).hold(body);
            }
        }
    }

    /** Damaged bytes may name a constant that an enum does not have. */
    private static void restoreRow(Body body, int[] row) throws RecordException {
        try {
            body.restore(row);
        } catch (ArrayIndexOutOfBoundsException e) {
            throw RecordException.Reason.BAD_VALUE.exception();
        }
    }

    private static void readPast(World world, long newest, ByteReader in) throws RecordException {
        int ticks = in.count();
        if (ticks == 0) {
            return;
        }
        if (ticks > History.MAX_TICKS || ticks > newest + 1) {
            throw RecordException.Reason.BAD_VALUE.exception();
        }
        History history = world.history();
        history.reset(newest - ticks + 1, newest);
        for (long tick = newest; tick > newest - ticks; tick--) {
            Past past = history.begin(tick);
            Past later = history.at(tick + 1);
            int after = 0;
            for (int left = in.count(); left > 0; left--) {
                int id = in.number();
                ActorKind kind = world.plan().kindAt(in.number());
                after = later.find(id, after);
                boolean known = tick < newest
                        && after < later.count()
                        && later.id(after) == id
                        && later.rowLength(after) == kind.rowLength();
                int offset = past.add(id, kind.index(), kind.rowLength());
                for (int i = 0; i < kind.rowLength(); i++) {
                    int base = known ? later.rows()[later.offset(after) + i] : 0;
                    past.rows()[offset + i] = base + in.signed();
                }
            }
        }
    }

    private static int at(int index, int size) throws RecordException {
        if (index < 0 || index >= size) {
            throw RecordException.Reason.NO_ACTORS.exception();
        }
        return index;
    }
}
