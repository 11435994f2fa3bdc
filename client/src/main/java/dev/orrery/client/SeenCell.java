package dev.orrery.client;

import dev.orrery.rules.Digest;
import dev.orrery.rules.Settings;
import dev.orrery.wire.BitReader;
import dev.orrery.wire.BlockException;
import java.util.ArrayList;
import java.util.List;

/** A cell as a client has it: who was in it at the end of a tick, in the order of their slots. Owned by the thread of its view. */
final class SeenCell {
    // What a surprise says, in so many ones: the last without a 0 behind them.
    private static final int CHANGED = 0;
    private static final int OTHERWISE = 1;
    private static final int BOTH = 2;
    private static final int GONE = 3;

    private static final int SLOT_K = 3;
    private static final int GENERATION_K = 2;
    private static final int MAX_SLOT = 0xFFFF;
    private static final int MAX_GENERATION = 0x7FFF;

    /** At whose end it was so. */
    long tick;

    List<Seen> actors = new ArrayList<>();

    /** Of those who come in the tick that is being read. */
    final List<Seen> arriving = new ArrayList<>();

    SeenCell(long tick) {
        this.tick = tick;
    }

    /** Reads a block; it takes effect when everyone is stepped. */
    void readBlock(SeenGame game, BitReader in) throws BlockException {
        boolean hasSpawns = in.bit();
        int count = in.golomb(0) + (hasSpawns ? 0 : 1);
        if (count < 0 || count > actors.size()) {
            throw BlockException.Reason.BAD_RANK.exception();
        }
        in.about("");
        in.spent("counts of surprises", -1);
        int passed = 0;
        for (int i = 0; i < count; i++) {
            int left = actors.size() - passed - (count - 1 - i);
            if (left < 1) {
                throw BlockException.Reason.BAD_RANK.exception();
            }
            int rank = passed + in.choice(left);
            passed = rank + 1;
            in.about(actors.get(rank).kind.name());
            in.spent("rank", -1);
            readSurprise(actors.get(rank), in);
        }
        if (hasSpawns) {
            readRecords(game, in, arriving);
        }
    }

    private static void readSurprise(Seen seen, BitReader in) throws BlockException {
        int what = 0;
        while (what < GONE && in.bit()) {
            what++;
        }
        in.spent("what is told", -1);
        if (what == CHANGED || what == BOTH) {
            seen.readChange(in);
        }
        if (what == OTHERWISE || what == BOTH) {
            seen.readResidual(in);
        }
        seen.gone = what == GONE;
    }

    /** Takes everyone through a tick: their own steps, their contacts, and what that got wrong. */
    void step(Object map, Settings settings) throws BlockException {
        for (Seen seen : actors) {
            seen.step(map, settings);
        }
        for (int i = 0; i < actors.size(); i++) {
            Seen seen = actors.get(i);
            for (int j = i + 1; seen.kind.meetsItself && !seen.gone && j < actors.size(); j++) {
                Seen other = actors.get(j);
                if (other.kind == seen.kind && !other.gone && seen.kind.isNear(seen.row, other.row)) {
                    seen.meet(other, map, settings);
                }
            }
        }
        for (Seen seen : actors) {
            seen.settle(tick);
        }
    }

    static void readRecords(SeenGame game, BitReader in, List<Seen> into) throws BlockException {
        int count = in.golomb(1) + 1;
        int passed = 0;
        for (int i = 0; i < count; i++) {
            long slot = (in.golomb(SLOT_K) & 0xFFFF_FFFFL) + passed;
            int generation = in.golomb(GENERATION_K);
            if (slot < 1 || slot > MAX_SLOT || generation < 0 || generation > MAX_GENERATION) {
                throw BlockException.Reason.BAD_ID.exception();
            }
            passed = (int) slot + 1;
            Seen seen = new Seen(generation << 16 | (int) slot, game.kind(in.choice(game.kinds())));
            in.about(seen.kind.name());
            in.spent("who comes", -1);
            seen.readWhole(in);
            into.add(seen);
        }
    }

    /** Sixteen bits of the digest of who is here, as the server computes them. */
    int check() {
        Digest digest = new Digest();
        for (Seen seen : actors) {
            int[] told = new int[seen.kind.codec.length()];
            seen.kind.codec.copySeen(seen.row, told);
            digest.add(seen.id(), seen.kind.index, told, 0, told.length);
        }
        return (digest.low() ^ digest.high() >>> 16) & 0xFFFF;
    }

    /** Who arrives takes their place among the others. */
    void settle() throws BlockException {
        for (Seen seen : arriving) {
            if (seen.touchedAt() == 0) {
                seen.touch(tick);
            }
            int at = actors.size();
            while (at > 0 && actors.get(at - 1).slot() > seen.slot()) {
                at--;
            }
            if (at > 0 && actors.get(at - 1).slot() == seen.slot()) {
                throw BlockException.Reason.BAD_ID.exception();
            }
            actors.add(at, seen);
        }
        arriving.clear();
    }
}
