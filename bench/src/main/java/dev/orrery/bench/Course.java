package dev.orrery.bench;

import dev.orrery.arena.rules.Drive;
import dev.orrery.arena.rules.DriveKind;
import dev.orrery.arena.rules.Harbour;
import dev.orrery.arena.rules.Ship;
import dev.orrery.arena.rules.ShipKind;
import dev.orrery.rules.Digest;
import dev.orrery.rules.Rand;
import dev.orrery.rules.Settings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The way that every runtime is timed on: {@link #LEGS} ships in random places, each steered through {@link #LEG_TICKS} ticks
 * by random drives that change every eight. They meet rocks and walls. A replay does per tick what the authority does, and
 * what a page does to predict: read the input, step, snap. Owned by one thread.
 */
public final class Course {
    /** Ships, one after the other. */
    public static final int LEGS = 64;

    /** Ticks of each ship; a multiple of every batch. */
    public static final int LEG_TICKS = 1024;

    /** Steps of a whole replay. */
    public static final int STEPS = LEGS * LEG_TICKS;

    private static final int SEED = 42;
    private static final int DRIVE = 1;
    private static final int PLACE = 2;
    private static final int TICKS_PER_DRIVE = 8;

    private final Harbour harbour = new Harbour();
    private final ShipKind shipKind = new ShipKind();
    private final DriveKind driveKind = new DriveKind();
    private final Ship ship = new Ship();
    private final Drive drive = new Drive();
    private final int rowLength = shipKind.table().rowLength();
    private final int inputLength = driveKind.table().rowLength();
    private final int[] row = new int[rowLength];
    /** The row that each leg starts from, one behind the other. */
    private final int[] starts = new int[LEGS * rowLength];
    /** The input of each tick, leg by leg. */
    private final int[] inputs = new int[STEPS * inputLength];

    /** Always the same course. */
    public Course() {
        for (int leg = 0; leg < LEGS; leg++) {
            Ship fresh = new Ship();
            fresh.seed = leg;
            fresh.x = Rand.unit(SEED, leg, PLACE, 0) * Harbour.SIZE;
            fresh.y = Rand.unit(SEED, leg, PLACE, 1) * Harbour.SIZE;
            shipKind.write(fresh, starts, leg * rowLength);
        }
        for (int step = 0; step < STEPS; step++) {
            if (step % TICKS_PER_DRIVE == 0) {
                drive.x = Rand.signed(SEED, step, DRIVE, 0);
                drive.y = Rand.signed(SEED, step, DRIVE, 1);
                drive.boost = Rand.below(256, SEED, step, DRIVE, 2);
            }
            driveKind.write(drive, inputs, step * inputLength);
        }
    }

    /**
     * Sails the whole course.
     *
     * @param batchTicks ticks between two writings of the row, as a page that predicts so many at once would have it; a
     *     divisor of {@link #LEG_TICKS}
     * @return digest of where the ships ended: the same for every batch and on every runtime
     */
    public String replay(int batchTicks) {
        int low = 0;
        int high = 0;
        for (int leg = 0; leg < LEGS; leg++) {
            System.arraycopy(starts, leg * rowLength, row, 0, rowLength);
            for (int tick = 0; tick < LEG_TICKS; tick += batchTicks) {
                step((leg * LEG_TICKS + tick) * inputLength, batchTicks);
            }
            Digest digest = new Digest();
            digest.add(leg, 0, row, 0, rowLength);
            low += digest.low();
            high += digest.high();
        }
        return low + " " + high;
    }

    /** How often ships bounce off something on the whole course. */
    public int bumps() {
        int bumps = 0;
        for (int leg = 0; leg < LEGS; leg++) {
            System.arraycopy(starts, leg * rowLength, row, 0, rowLength);
            step(leg * LEG_TICKS * inputLength, LEG_TICKS);
            bumps += ship.bumps;
        }
        return bumps;
    }

    /** As a page's {@code stepShip}, line by line. */
    private void step(int inputOffset, int ticks) {
        final Settings settings = Settings.DEFAULT;
        shipKind.read(row, 0, ship);
        for (int tick = 0; tick < ticks; tick++) {
            driveKind.read(inputs, inputOffset + tick * inputLength, drive);
            ship.step(drive, harbour, settings);
            shipKind.write(ship, row, 0);
            shipKind.read(row, 0, ship);
        }
    }

    /**
     * The course for other runtimes, as ints of four bytes, the least first: legs, ticks of a leg, length of a row, length of
     * an input, the rows to start from, the inputs.
     */
    public byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate((4 + starts.length + inputs.length) * Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(LEGS).putInt(LEG_TICKS).putInt(rowLength).putInt(inputLength);
        for (int[] ints : new int[][] {starts, inputs}) {
            for (int each : ints) {
                bytes.putInt(each);
            }
        }
        return bytes.array();
    }
}
