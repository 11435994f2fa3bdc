package dev.orrery.bench;

import java.util.Collection;

/** A server under test: rooms of players, each told a frame at a fixed rate, who send inputs. One connection thread. */
sealed interface RoomServer permits PlainServer, OrreryServer, GameRooms {
    int port();

    /**
     * Opens rooms 0 to {@code count - 1}; there must be none.
     *
     * @param periodMicros pause between two frames of a room, whose phases are spread evenly; 0 for none at all
     */
    void open(int count, long periodMicros);

    /** Stops the ticks and closes the rooms. */
    void close();

    /** Players there are. */
    int players();

    /** Inputs received so far. */
    long inputs();

    /** Those that have served connections. */
    Collection<Thread> connectionThreads();

    /** How long after the first room's tick that of another comes. */
    static long phaseMicros(int room, int count, long periodMicros) {
        return periodMicros * room / count;
    }
}
