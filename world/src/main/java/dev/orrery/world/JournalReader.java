package dev.orrery.world;

import dev.orrery.wire.Json;
import dev.orrery.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the records of a journal one after the other, see {@link RecordType}; they may be damaged. Owned by one thread. */
final class JournalReader {
    private final byte[] bytes;
    private final ByteReader all;
    private final Scribe scribe = new Scribe();
    private final int inputLength;
    private ByteReader body;
    private @Nullable RecordType type;
    private long tick;

    /** @param inputLength ints of a player's input */
    JournalReader(byte[] bytes, int inputLength) {
        this.bytes = bytes;
        this.all = new ByteReader(bytes);
        this.body = all;
        this.inputLength = inputLength;
    }

    /** Goes to the next record; false at the end. Where it is of a tick, {@link #tick} is that. */
    boolean next() throws RecordException {
        type = null;
        if (all.left() == 0) {
            return false;
        }
        int length = all.number();
        int offset = all.at();
        all.skip(length);
        int check = all.u8() | all.u8() << 8;
        if (check != RecordType.check(bytes, offset, length)) {
            throw RecordException.Reason.DAMAGED.exception();
        }
        body = new ByteReader(bytes, offset, length);
        type = RecordType.of(body.u8());
        switch (type) {
            case OPENING -> {}
            case SNAPSHOT -> tick = body.longNumber();
            case ENTRIES, SKIP, HASH, END -> tick += body.longNumber();
        }
        return true;
    }

    /** Null before the first record and after the last. */
    @Nullable
    RecordType type() {
        return type;
    }

    long tick() {
        return tick;
    }

    Opening opening() throws RecordException {
        if (body.number() != RecordType.VERSION) {
            throw RecordException.Reason.OTHER_VERSION.exception();
        }
        return new Opening(
                body.text(), body.text(), body.fixed(), body.fixed(), body.fixed(), SettingsCodec.read(body));
    }

    /** The state, to be read by {@link Snapshot#read}; whoever does tells {@link #numbered} whom it holds. */
    ByteReader snapshot() {
        return body;
    }

    /** Players are named as a snapshot has them. */
    void numbered(World world) {
        scribe.clear();
        world.players().forEach(player -> scribe.join(player.id(), inputLength));
    }

    List<Entry> entries() throws RecordException {
        List<Entry> entries = new ArrayList<>();
        for (int left = body.count(); left > 0; left--) {
            entries.add(entry());
        }
        return entries;
    }

    int skip() throws RecordException {
        return body.number();
    }

    int lane() throws RecordException {
        return body.fixed();
    }

    private Entry entry() throws RecordException {
        return switch (body.u8()) {
            case 0 -> {
                Entry.Joined joined = new Entry.Joined(body.text(), body.text());
                scribe.join(joined.player(), inputLength);
                yield joined;
            }
            case 1 -> arrived();
            case 2 -> new Entry.Dropped(player().id());
            case 3 -> new Entry.Resumed(player().id());
            case 4 -> {
                Scribe.Known known = player();
                scribe.leave(known);
                yield new Entry.Left(known.id());
            }
            case 5 -> steered();
            case 6 -> new Entry.Commanded(new Command(body.text(), json(body.text()), body.text()));
            case 7 -> {
                long fromTick = tick + body.longNumber();
                yield new Entry.Retuned(SettingsCodec.read(body), fromTick);
            }
            default -> throw RecordException.Reason.BAD_VALUE.exception();
        };
    }

    private Entry arrived() throws RecordException {
        String player = body.text();
        String name = body.text();
        String kind = body.text();
        int[] row = new int[body.count()];
        body.row(row);
        scribe.join(player, inputLength);
        return new Entry.Arrived(player, name, kind, row);
    }

    private Entry steered() throws RecordException {
        Scribe.Known known = player();
        int viewLag = body.number();
        int[] input = known.input();
        for (int from = 0; from < input.length; from += RecordType.MASK_BITS) {
            int mask = body.number();
            for (int i = from; i < Math.min(input.length, from + RecordType.MASK_BITS); i++) {
                input[i] += (mask & 1 << i - from) == 0 ? 0 : body.signed();
            }
        }
        return new Entry.Steered(known.id(), input.clone(), viewLag);
    }

    private Scribe.Known player() throws RecordException {
        return scribe.of(body.number());
    }

    private static Json json(String text) throws RecordException {
        try {
            return Json.parse(text, Json.MAX_DEPTH);
        } catch (WireException e) {
            throw RecordException.Reason.BAD_VALUE.exception();
        }
    }
}
