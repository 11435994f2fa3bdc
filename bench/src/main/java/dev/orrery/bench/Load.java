package dev.orrery.bench;

import java.util.concurrent.TimeUnit;

/** The load on one server under test: both processes, and what is read off them. One server is loaded at a time. */
final class Load implements AutoCloseable {
    private static final int SERVER_CORE = 0;
    private static final int LOAD_CORE = 1;

    private final Child client;

    Load() throws BenchException {
        client = Child.start(LOAD_CORE, LoadProcess.class);
    }

    static Child server(ServerProcess.Kind kind) throws BenchException {
        return Child.start(SERVER_CORE, ServerProcess.class, kind.name());
    }

    /**
     * Players join, all in rooms that tick.
     *
     * @param periodMicros pause between two frames of a room; 0 for none
     */
    void join(Child server, ServerProcess.Kind kind, int players, long periodMicros) throws BenchException {
        long port = server.ask("open " + Room.count(players) + " " + periodMicros, "port");
        client.ask("connect " + port + " " + kind + " " + players);
    }

    /** Players leave, and rooms are closed. */
    void leave(Child server) throws BenchException {
        client.ask("leave");
        server.ask("close");
    }

    /** Frames that players have received since the beginning. */
    long frames() throws BenchException {
        return client.ask("count", "frames");
    }

    /** The usual load for a while, and what it costs the server once it is settled. */
    Window window(Child server, ServerProcess.Kind kind, int players, double settleSeconds, double seconds)
            throws BenchException {
        join(server, kind, players, TimeUnit.MILLISECONDS.toMicros(Room.TICK_MILLIS));
        client.ask("play");
        sleep(settleSeconds);
        client.ask("gap");
        Reading before = read(server);
        sleep(seconds);
        Reading after = read(server);
        double gapMillis = client.ask("gap").get("gap").number(0);
        leave(server);
        double took = (after.nanos - before.nanos) / 1e9;
        long frames = after.frames - before.frames;
        return new Window(
                frames,
                frames / (players * took * 1_000 / Room.TICK_MILLIS),
                (after.inputs - before.inputs) / (players * took * 1_000 / Room.TICK_MILLIS),
                (after.serverNanos - before.serverNanos) / 1e3 / Math.max(1, frames),
                (after.clientNanos - before.clientNanos) / 1e9 / took,
                gapMillis);
    }

    private Reading read(Child server) throws BenchException {
        return new Reading(
                System.nanoTime(), server.cpuNanos(), client.cpuNanos(), frames(), server.ask("inputs", "inputs"));
    }

    static void sleep(double seconds) throws BenchException {
        try {
            Thread.sleep((long) (seconds * 1e3));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private record Reading(long nanos, long serverNanos, long clientNanos, long frames, long inputs) {}

    /**
     * What was read off.
     *
     * @param frames that players received
     * @param framesShare of those that were due
     * @param inputsShare that the server received of those that were due
     * @param microsPerFrame CPU time of the server
     * @param clientShare of its core that the load took
     * @param gapMillis between two frames of a player (p99)
     */
    record Window(
            long frames,
            double framesShare,
            double inputsShare,
            double microsPerFrame,
            double clientShare,
            double gapMillis) {
        private static final double LEAST_DELIVERED = 0.99;
        private static final double MOST_CLIENT = 0.8;

        /** Why it counts for nothing; empty if it counts. */
        String flaw() {
            if (framesShare < LEAST_DELIVERED) {
                return "only %.1f %% of the frames came".formatted(framesShare * 100);
            }
            if (inputsShare < LEAST_DELIVERED) {
                return "only %.1f %% of the inputs came".formatted(inputsShare * 100);
            }
            if (clientShare > MOST_CLIENT) {
                return "the load took %.0f %% of its core".formatted(clientShare * 100);
            }
            return "";
        }
    }
}
