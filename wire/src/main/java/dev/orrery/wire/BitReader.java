package dev.orrery.wire;

import org.jspecify.annotations.Nullable;

/** Reads what {@link BitWriter} wrote. Never beyond the end: what is missing is refused. Owned by one thread. */
public final class BitReader {
    /** Hears for what bits were spent: for tools. */
    @FunctionalInterface
    public interface Ledger {
        /**
         * Bits were read.
         *
         * @param subject of whom they tell: a kind of actor or input; empty if of nobody
         * @param part of the frame
         * @param place in the subject's row, or −1
         */
        void spent(String subject, String part, int place, int bits);
    }

    private byte[] bytes = new byte[0];
    private int at;
    private int end;
    private @Nullable Ledger ledger;
    private String subject = "";
    private int accounted;

    /** Begins with the first bit of a part of an array, which must not change while it is read. */
    public void begin(byte[] from, int offset, int byteLength) {
        bytes = from;
        at = offset << 3;
        accounted = at;
        end = offset + byteLength << 3;
    }

    /** Tells the ledger from now on what bits are spent for. */
    public void account(Ledger newLedger) {
        ledger = newLedger;
    }

    /** What is read from now on tells of this subject. */
    public void about(String newSubject) {
        subject = newSubject;
    }

    /** The bits since the last call were spent for this. */
    public void spent(String part, int place) {
        if (ledger != null) {
            ledger.spent(subject, part, place, at - accounted);
            accounted = at;
        }
    }

    public boolean bit() throws BlockException {
        return bits(1) != 0;
    }

    /** @param count 0 to 32 */
    public int bits(int count) throws BlockException {
        if (count > end - at) {
            throw BlockException.Reason.TRUNCATED.exception();
        }
        int needed = (at & 7) + count;
        int last = at + count - 1 >> 3;
        long window = 0;
        for (int i = at >>> 3; i <= last; i++) {
            window = window << 8 | bytes[i] & 0xFF;
        }
        at += count;
        return (int) (window >>> (-needed & 7) & (1L << count) - 1);
    }

    /** See {@link BitWriter#golomb}. */
    public int golomb(int k) throws BlockException {
        int digits = 0;
        while (!bit()) {
            digits++;
            if (digits > Integer.SIZE - k) {
                throw BlockException.Reason.BAD_CODE.exception();
            }
        }
        long coded = 1L << digits | bits(digits) & 0xFFFF_FFFFL;
        long value = coded - 1 << k | bits(k) & 0xFFFF_FFFFL;
        if (value > 0xFFFF_FFFFL) {
            throw BlockException.Reason.BAD_CODE.exception();
        }
        return (int) value;
    }

    /** See {@link BitWriter#distance}. */
    public int distance(int k) throws BlockException {
        boolean negative = bit();
        int magnitude = golomb(k) + 1;
        return negative ? -magnitude : magnitude;
    }

    /** See {@link BitWriter#choice}. */
    public int choice(int choices) throws BlockException {
        int value = bits(BitWriter.widthOf(choices));
        if (Integer.compareUnsigned(value, choices) >= 0) {
            throw BlockException.Reason.BAD_CODE.exception();
        }
        return value;
    }

    /** That nothing but the rest of the last byte is left, all of it 0. */
    public void requireEnd() throws BlockException {
        if (end - at >= 8 || bits(end - at) != 0) {
            throw BlockException.Reason.LEFTOVER.exception();
        }
    }
}
