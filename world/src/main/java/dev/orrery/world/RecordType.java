package dev.orrery.world;

import dev.orrery.rules.Rand;

/**
 * The records of a journal. Of the words, {@code number}, {@code signed}, {@code real} and {@code text} are those of
 * {@link ByteWriter}; {@code tick} is a number, counted from the tick of the record before.
 *
 * <pre>
 *   record    number length of type and body | u8 type | body | u8 check | u8 check
 *
 *   OPENING   number version | text game | text rules | fixed layout | fixed map | fixed seed | settings
 *   SNAPSHOT  number tick, counted from 0 | state                    {@link Snapshot}; players are numbered anew, in its order
 *   ENTRIES   tick | number n, n × entry                             not written for a tick without any
 *   SKIP      tick | number index                                    the game threw at that entry
 *   HASH      tick | fixed low | fixed high                          the world's digest at the end of that tick
 *   END       tick                                                   the newest that was begun; nothing follows
 *
 *   entry     0 JOINED     text player | text name                   the player gets the next number
 *             1 ARRIVED    text player | text name | text kind | number n, n × signed      the next number, too
 *             2 DROPPED    player                                    number of the player
 *             3 RESUMED    player
 *             4 LEFT       player
 *             5 STEERED    player | number viewLag | number mask | for each bit of the mask: signed difference
 *                          from the same int of the player's STEERED before; without one from 0
 *             6 COMMANDED  text name | text body (JSON) | text from
 *             7 RETUNED    number fromTick, counted from this tick | settings
 * </pre>
 *
 * An input of more than 31 ints gives a mask for each 31 of them.
 */
enum RecordType {
    OPENING,
    SNAPSHOT,
    ENTRIES,
    SKIP,
    HASH,
    END;

    static final int VERSION = 1;

    /** Ints of an input that one mask tells of. */
    static final int MASK_BITS = 31;

    static final int CHECK_BYTES = 2;

    private static final RecordType[] ALL = values();

    static RecordType of(int code) throws RecordException {
        if (code >= ALL.length) {
            throw RecordException.Reason.BAD_VALUE.exception();
        }
        return ALL[code];
    }

    /** Finds damage, not forgery: 16 bits. */
    static int check(byte[] bytes, int offset, int length) {
        int hash = length;
        for (int i = offset; i < offset + length; i++) {
            hash = Rand.mix(hash + bytes[i]);
        }
        return hash & 0xFFFF;
    }
}
