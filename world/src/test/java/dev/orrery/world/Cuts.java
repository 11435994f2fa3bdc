package dev.orrery.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts recordings between records. */
final class Cuts {
    private Cuts() {}

    /** The same recording, from each of its snapshots on. */
    static List<byte[]> atSnapshots(byte[] recording) throws RecordException {
        List<byte[]> cuts = new ArrayList<>();
        ByteReader all = new ByteReader(recording);
        int afterOpening = 0;
        while (all.left() > 0) {
            int start = all.at();
            int length = all.number();
            RecordType type = RecordType.of(recording[all.at()]);
            all.skip(length + RecordType.CHECK_BYTES);
            if (type == RecordType.OPENING) {
                afterOpening = all.at();
            } else if (type == RecordType.SNAPSHOT) {
                byte[] cut = Arrays.copyOf(recording, afterOpening + recording.length - start);
                System.arraycopy(recording, start, cut, afterOpening, recording.length - start);
                cuts.add(cut);
            }
        }
        return cuts;
    }
}
