package dev.orrery.world;

import dev.orrery.rules.Digest;
import dev.orrery.wire.CellGrid;
import org.jspecify.annotations.Nullable;

/**
 * A digest for every cell of the interest grid over what everyone may see of the actors in it, and one for the actors that have
 * no place. Owned by the world's thread.
 */
final class CellDigests {
    private final CellGrid grid;
    /** By cell. Made when an actor first comes to the cell. */
    private final @Nullable Digest[] digests;

    CellDigests(CellGrid grid) {
        this.grid = grid;
        digests = new Digest[grid.count()];
    }

    void clear() {
        for (Digest digest : digests) {
            if (digest != null) {
                digest.clear();
            }
        }
    }

    int count() {
        return digests.length;
    }

    int cellOf(Body body) {
        return Members.cellOf(body, grid);
    }

    /** Sixteen bits of a cell's, for clients to compare theirs with. */
    int check(int cell) {
        Digest digest = digests[cell];
        return digest == null ? 0 : (digest.low() ^ digest.high() >>> 16) & 0xFFFF;
    }

    Digest of(int cell) {
        Digest digest = digests[cell];
        if (digest == null) {
            digest = new Digest();
            digests[cell] = digest;
        }
        return digest;
    }
}
