package dev.orrery.world;

import dev.orrery.wire.BitWriter;
import dev.orrery.wire.CellGrid;
import dev.orrery.wire.RowCodec;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells of a tick what the shared predictor got wrong, cell by cell: {@link TickBlocks}. It keeps what everyone has been told, which a
 * world that steps back does not change. Owned by the world's thread.
 *
 * <pre>
 *   block     spawns?, 1 bit │ count │ { rank │ what │ [change] │ [residual] } × count │ [records, if spawns]
 *   count     Exp-Golomb, k = 0; one less if there are no spawns
 *   rank      of the actor among its cell's at the end of the tick before, less those passed, in the bits of what is left
 *   what      0 its input changed │ 10 its row is not as predicted │ 110 both │ 111 it is gone
 *   records   count − 1 (0 and a bit in a full block: it may be empty) │ { slot │ generation │ kind │ row │ [input] } × count
 *   slot      further than the one before, Exp-Golomb, k = 3; the first from 0
 *   change, residual, row, input   see {@link RowCodec}
 * </pre>
 */
final class BlockEncoder {
    private static final int SLOT_K = 3;
    private static final int GENERATION_K = 2;

    private final CellGrid grid;
    private final List<ActorKind> kinds;
    private final Predictor predictor;
    private final ContactPredictor contacts;
    private final BitWriter out = new BitWriter();
    private final PartList blocks = new PartList();
    private final PartList entries = new PartList();
    private final PartList full = new PartList();
    private final Told told;
    private Members before;
    private Members now;
    /** Of the actors that came from another cell in this tick: cells and slot, so that sorting them orders them. */
    private long[] crossings = new long[16];

    private int crossingCount;
    private long[] spawns = new long[16];
    private int spawnCount;
    private int[] ranks = new int[64];
    private Body[] group = new Body[16];

    private long newestTick = Long.MIN_VALUE;

    BlockEncoder(Plan plan, CellGrid grid) {
        this.grid = grid;
        this.kinds = plan.kinds();
        this.predictor = new Predictor(plan);
        this.contacts = new ContactPredictor(plan, grid);
        this.told = new Told(grid);
        this.before = new Members(grid);
        this.now = new Members(grid);
    }

    /**
     * Encodes what has become of everything since the tick before. If that was not encoded, only full blocks are of use.
     *
     * @param wanted cells of which somebody needs the full block
     */
    TickBlocks encode(World world, BitSet wanted) {
        out.clear();
        if (world.tick() != newestTick + 1) {
            told.forget();
            before.clear();
        }
        newestTick = world.tick();
        predictor.begin(world.settings());
        contacts.predict(world.bodies(), before, predictor, world.settings());
        now.fill(world.bodies(), grid);
        BitSet stirred = new BitSet(grid.count());
        sortWhoCame(world.bodies(), stirred);
        blocks(world, stirred);
        entries(world.bodies());
        full(world.bodies(), wanted);
        told.remember(world.bodies());
        Members swapped = before;
        before = now;
        now = swapped;
        return new TickBlocks(
                world.tick(),
                Arrays.copyOf(out.array(), out.byteLength()),
                grid.count(),
                blocks.parts(),
                entries.parts(),
                full.parts(),
                checks(world.cells()),
                stirred);
    }

    private short[] checks(CellDigests digests) {
        short[] checks = new short[grid.count()];
        for (int cell = 0; cell < checks.length; cell++) {
            checks[cell] = (short) digests.check(cell);
        }
        return checks;
    }

    private void sortWhoCame(Bodies bodies, BitSet stirred) {
        crossingCount = 0;
        spawnCount = 0;
        for (int slot = 1; slot < bodies.slots(); slot++) {
            Body body = bodies.at(slot);
            if (body == null) {
                continue;
            }
            int cell = Members.cellOf(body, grid);
            if (!body.kind().codec().isSame(body.row, body.before)) {
                stirred.set(cell);
            }
            if (!told.isKnown(body)) {
                spawns = room(spawns, spawnCount);
                spawns[spawnCount++] = (long) cell << Integer.SIZE | slot;
            } else if (told.cell(slot) != cell) {
                stirred.set(told.cell(slot));
                crossings = room(crossings, crossingCount);
                crossings[crossingCount++] = ((long) told.cell(slot) * grid.count() + cell) << 16 | slot;
            }
        }
        Arrays.sort(spawns, 0, spawnCount);
        Arrays.sort(crossings, 0, crossingCount);
    }

    // ---- blocks ----

    private void blocks(World world, BitSet stirred) {
        blocks.begin();
        int spawn = 0;
        for (int cell = 0; cell < grid.count(); cell++) {
            int first = spawn;
            while (spawn < spawnCount && spawns[spawn] >>> Integer.SIZE == cell) {
                spawn++;
            }
            int count = surprises(world.bodies(), cell);
            if (count > 0 || spawn > first) {
                blocks.add(cell, out.length());
                stirred.set(cell);
                block(world, cell, count, first, spawn);
            }
        }
        blocks.end(out.length());
    }

    /** Finds the ranks of those in a cell of whom something must be told. */
    private int surprises(Bodies bodies, int cell) {
        int members = before.count(cell);
        if (members > ranks.length) {
            ranks = new int[2 * members];
        }
        int count = 0;
        for (int rank = 0; rank < members; rank++) {
            Body body = bodies.find(before.id(cell, rank));
            if (body == null || isSurprise(body)) {
                ranks[count++] = rank;
            }
        }
        return count;
    }

    private boolean isSurprise(Body body) {
        return hasOtherInput(body) || isOtherwise(body);
    }

    private boolean hasOtherInput(Body body) {
        InputKind input = body.kind().input();
        return input != null && !input.codec().isSame(body.toldInput(), told.input(body.slot()));
    }

    private boolean isOtherwise(Body body) {
        return !body.kind().codec().isSame(body.row, predicted(body));
    }

    private int[] predicted(Body body) {
        int[] row = contacts.rowOf(body);
        return row == null ? predictor.predicted(body) : row;
    }

    private void block(World world, int cell, int count, int firstSpawn, int endSpawn) {
        boolean hasSpawns = endSpawn > firstSpawn;
        out.bit(hasSpawns);
        out.golomb(hasSpawns ? count : count - 1, 0);
        int passed = 0;
        for (int i = 0; i < count; i++) {
            int left = before.count(cell) - passed - (count - 1 - i);
            out.choice(ranks[i] - passed, left);
            passed = ranks[i] + 1;
            surprise(world.bodies().find(before.id(cell, ranks[i])));
        }
        if (hasSpawns) {
            for (int i = firstSpawn; i < endSpawn; i++) {
                gather(i - firstSpawn, world.bodies(), (int) spawns[i]);
            }
            records(endSpawn - firstSpawn);
        }
    }

    private void surprise(@Nullable Body body) {
        if (body == null) {
            out.bits(0b111, 3);
            return;
        }
        boolean changed = hasOtherInput(body);
        boolean otherwise = isOtherwise(body);
        if (!otherwise) {
            out.bit(false);
        } else {
            out.bits(changed ? 0b110 : 0b10, changed ? 3 : 2);
        }
        InputKind input = body.kind().input();
        if (changed && input != null) {
            input.codec().writeChange(told.input(body.slot()), body.toldInput(), out);
        }
        if (otherwise) {
            body.kind().codec().writeResidual(predicted(body), body.row, out);
        }
    }

    // ---- records ----

    private void entries(Bodies bodies) {
        entries.begin();
        int i = 0;
        while (i < crossingCount) {
            long pair = crossings[i] >>> 16;
            int count = 0;
            for (; i < crossingCount && crossings[i] >>> 16 == pair; i++) {
                gather(count++, bodies, (int) (crossings[i] & 0xFFFF));
            }
            entries.add((int) pair, out.length());
            records(count);
        }
        entries.end(out.length());
    }

    private void full(Bodies bodies, BitSet wanted) {
        full.begin();
        for (int cell = wanted.nextSetBit(0); cell >= 0; cell = wanted.nextSetBit(cell + 1)) {
            full.add(cell, out.length());
            int count = now.count(cell);
            for (int rank = 0; rank < count; rank++) {
                gather(rank, bodies, Bodies.slotOf(now.id(cell, rank)));
            }
            out.bit(count > 0);
            if (count > 0) {
                records(count);
            }
        }
        full.end(out.length());
    }

    private void gather(int index, Bodies bodies, int slot) {
        if (index == group.length) {
            group = Arrays.copyOf(group, 2 * index);
        }
        Body body = bodies.at(slot);
        if (body != null) {
            group[index] = body;
        }
    }

    private void records(int count) {
        out.golomb(count - 1, 1);
        int passed = 0;
        for (int i = 0; i < count; i++) {
            Body body = group[i];
            out.golomb(body.slot() - passed, SLOT_K);
            passed = body.slot() + 1;
            out.golomb(Bodies.generationOf(body.id()), GENERATION_K);
            out.choice(body.kind().index(), kinds.size());
            body.kind().codec().writeWhole(body.row, out);
            InputKind input = body.kind().input();
            if (input != null) {
                input.codec().writeWhole(body.toldInput(), out);
            }
        }
    }

    private static long[] room(long[] array, int count) {
        return count < array.length ? array : Arrays.copyOf(array, 2 * count);
    }
}
