package dev.orrery.world;

import dev.orrery.rules.Digest;
import java.util.List;

/** Writes the records of a journal, see {@link RecordType}. Allocates nothing but for players. Owned by the world's thread. */
final class JournalWriter {
    private ByteWriter out = new ByteWriter();
    private final ByteWriter body = new ByteWriter();
    private final Scribe scribe = new Scribe();
    private final int inputLength;
    private long tick;

    /** @param inputLength ints of a player's input */
    JournalWriter(int inputLength) {
        this.inputLength = inputLength;
    }

    /** Writes to other bytes from now on. */
    void into(ByteWriter bytes) {
        out = bytes;
    }

    void opening(Opening opening) {
        begin(RecordType.OPENING);
        body.number(RecordType.VERSION);
        body.text(opening.game());
        body.text(opening.rules());
        body.fixed(opening.layout());
        body.fixed(opening.map());
        body.fixed(opening.seed());
        SettingsCodec.write(opening.settings(), body);
        end();
    }

    void snapshot(World world) {
        begin(RecordType.SNAPSHOT);
        tick = world.tick();
        body.number(tick);
        Snapshot.write(world, Snapshot.Use.KEEP, body);
        scribe.clear();
        world.players().forEach(player -> scribe.join(player.id(), inputLength));
        end();
    }

    void entries(long atTick, List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        begin(RecordType.ENTRIES, atTick);
        body.number(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            entry(entries.get(i));
        }
        end();
    }

    void skip(long atTick, int index) {
        begin(RecordType.SKIP, atTick);
        body.number(index);
        end();
    }

    void hash(long atTick, Digest digest) {
        begin(RecordType.HASH, atTick);
        body.fixed(digest.low());
        body.fixed(digest.high());
        end();
    }

    /** How far it went. More may be written afterwards, into bytes that do not have this. */
    void end(long atTick, ByteWriter bytes) {
        ByteWriter before = out;
        long tickBefore = tick;
        out = bytes;
        begin(RecordType.END, atTick);
        end();
        out = before;
        tick = tickBefore;
    }

    private void entry(Entry entry) {
        switch (entry) {
            case Entry.Joined(String player, String name) -> {
                body.u8(0);
                join(player, name);
            }
            case Entry.Arrived(String player, String name, String kind, int[] row) -> {
                body.u8(1);
                join(player, name);
                body.text(kind);
                body.number(row.length);
                body.row(row);
            }
            case Entry.Dropped(String player) -> about(2, player);
            case Entry.Resumed(String player) -> about(3, player);
            case Entry.Left(String player) -> scribe.leave(about(4, player));
            case Entry.Steered(String player, int[] row, int viewLag) -> {
                Scribe.Known known = about(5, player);
                body.number(viewLag);
                differences(row, known.input());
            }
            case Entry.Commanded(Command command) -> {
                body.u8(6);
                body.text(command.name());
                body.text(command.body().toText());
                body.text(command.from());
            }
            case Entry.Retuned retuned -> {
                body.u8(7);
                body.number(retuned.fromTick() - tick);
                SettingsCodec.write(retuned.settings(), body);
            }
            case Entry.Skipped skipped -> throw new IllegalStateException("a journal has skips as records: " + skipped);
        }
    }

    private void join(String player, String name) {
        body.text(player);
        body.text(name);
        scribe.join(player, inputLength);
    }

    private Scribe.Known about(int code, String player) {
        Scribe.Known known = scribe.of(player);
        body.u8(code);
        body.number(known.number());
        return known;
    }

    private void differences(int[] row, int[] before) {
        for (int from = 0; from < row.length; from += RecordType.MASK_BITS) {
            final int to = Math.min(row.length, from + RecordType.MASK_BITS);
            int mask = 0;
            for (int i = from; i < to; i++) {
                mask |= row[i] != before[i] ? 1 << i - from : 0;
            }
            body.number(mask);
            for (int i = from; i < to; i++) {
                if (row[i] != before[i]) {
                    body.signed(row[i] - before[i]);
                    before[i] = row[i];
                }
            }
        }
    }

    private void begin(RecordType type) {
        body.clear();
        body.u8(type.ordinal());
    }

    private void begin(RecordType type, long atTick) {
        begin(type);
        body.number(atTick - tick);
        tick = atTick;
    }

    private void end() {
        int check = RecordType.check(body.array(), 0, body.length());
        out.number(body.length());
        out.bytes(body.array(), 0, body.length());
        out.u8(check);
        out.u8(check >>> 8);
    }
}
