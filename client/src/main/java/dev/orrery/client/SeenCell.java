package dev.orrery.client;

import dev.orrery.rules.Digest;
import dev.orrery.wire.BitReader;
import dev.orrery.wire.BlockException;
import java.util.ArrayList;
import java.util.List;

/** A cell as a client has it: who was in it at the end of a tick, in the order of their slots. Owned by the thread of its view. */
final class SeenCell {
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
        int passed = 0;
        for (int i = 0; i < count; i++) {
            int left = actors.size() - passed - (count - 1 - i);
            if (left < 1) {
                throw BlockException.Reason.BAD_RANK.exception();
            }
            int rank = passed + in.choice(left);
            passed = rank + 1;
            readSurprise(actors.get(rank), in);
        }
        if (hasSpawns) {
            readRecords(game, in, arriving);
        }
    }

    private static void readSurprise(Seen seen, BitReader in) throws BlockException {
        if (!in.bit()) {
            seen.readChange(in);
        } else if (!in.bit()) {
            seen.readResidual(in);
        } else if (!in.bit()) {
            seen.readChange(in);
            seen.readResidual(in);
        } else {
            seen.gone = true;
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
