package dev.orrery.bench;

import dev.orrery.wire.Json;
import java.util.Map;

/**
 * What a server takes.
 *
 * @param kind which
 * @param idleHeapBytes on the heap, for a player who sends and gets nothing
 * @param idleDirectBytes outside of it
 * @param frameBytes on the heap by connection threads, for each frame that goes out
 * @param frameBytesOfAll by all threads
 */
record Footprint(
        ServerProcess.Kind kind,
        double idleHeapBytes,
        double idleDirectBytes,
        double frameBytes,
        double frameBytesOfAll) {
    /** Pause between two frames when only frames go out. */
    private static final long PERIOD_MICROS = 1_000;

    static Footprint measure(Load load, TransportPlan plan, ServerProcess.Kind kind) throws BenchException {
        try (Child server = Load.server(kind)) {
            // What is made once is no player's: classes, compiled code, the allocator's first chunks.
            load.window(server, kind, Room.SIZE, plan.settleSeconds(), 0);
            Json without = server.ask("memory");
            load.join(server, kind, plan.idleConnections(), 0);
            Load.sleep(plan.settleSeconds());
            Json with = server.ask("memory");
            load.leave(server);
            double heap = difference(with, without, "heapBytes") / plan.idleConnections();
            double direct = difference(with, without, "directBytes") / plan.idleConnections();

            load.join(server, kind, Room.SIZE, PERIOD_MICROS);
            Load.sleep(plan.warmSeconds());
            long framesBefore = load.frames();
            Json before = server.ask("allocated");
            long frames = 0;
            while (frames < plan.broadcastFrames()) {
                Load.sleep(0.1);
                long now = load.frames() - framesBefore;
                if (now == frames) {
                    throw new BenchException(kind.title() + " sends no more frames, after " + now);
                }
                frames = now;
            }
            Json after = server.ask("allocated");
            load.leave(server);
            return new Footprint(
                    kind,
                    heap,
                    direct,
                    difference(after, before, "connectionBytes") / frames,
                    difference(after, before, "allBytes") / frames);
        }
    }

    private static double difference(Json after, Json before, String figure) {
        return after.get(figure).number(0) - before.get(figure).number(0);
    }

    /** Heap and direct. */
    double idleBytes() {
        return idleHeapBytes + idleDirectBytes;
    }

    Json figures() {
        return new Json.Obj(Map.of(
                "server", new Json.Str(kind.title()),
                "idleHeapBytes", new Json.Num(idleHeapBytes),
                "idleDirectBytes", new Json.Num(idleDirectBytes),
                "heapBytesPerFrame", new Json.Num(frameBytes),
                "heapBytesPerFrameOfAllThreads", new Json.Num(frameBytesOfAll)));
    }
}
