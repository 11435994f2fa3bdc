package dev.orrery.world;

import java.util.Arrays;

/** The parts of what is being written, as they are found, in the order of their keys. Owned by one thread. */
final class PartList {
    private int[] keys = new int[32];
    private int[] bits = new int[33];
    private int count;

    void begin() {
        count = 0;
    }

    void add(int key, int bit) {
        if (count == keys.length) {
            keys = Arrays.copyOf(keys, 2 * count);
            bits = Arrays.copyOf(bits, 2 * count + 1);
        }
        keys[count] = key;
        bits[count++] = bit;
    }

    void end(int bit) {
        bits[count] = bit;
    }

    TickBlocks.Parts parts() {
        return new TickBlocks.Parts(Arrays.copyOf(keys, count), Arrays.copyOf(bits, count + 1));
    }
}
