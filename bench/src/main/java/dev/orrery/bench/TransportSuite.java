package dev.orrery.bench;

import dev.orrery.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code bench transport}: what Orrery's transport costs beside rooms that were written on Netty by hand. */
final class TransportSuite {
    /** CPU time per player and tick, most of plain Netty's. */
    private static final double LIMIT_RATIO = 1.25;
    /** Heap and direct memory of an idle connection. */
    private static final double LIMIT_IDLE_BYTES = 6 * 1024;
    /** Heap per frame of a broadcast, by connection threads. */
    private static final double LIMIT_FRAME_BYTES = 1;

    private static final List<ServerProcess.Kind> MEASURED =
            List.of(ServerProcess.Kind.PLAIN, ServerProcess.Kind.ORRERY);

    private TransportSuite() {}

    static Report run(TransportPlan plan) throws BenchException {
        List<Race> races = new ArrayList<>();
        List<Footprint> footprints = new ArrayList<>();
        try (Load load = new Load()) {
            for (int players : plan.connections()) {
                races.add(Race.run(load, plan, plan.racers(), players));
            }
            for (ServerProcess.Kind kind : MEASURED) {
                footprints.add(Footprint.measure(load, plan, kind));
            }
        }
        return report(races, footprints);
    }

    static Report report(List<Race> races, List<Footprint> footprints) {
        List<String> failures = new ArrayList<>();
        List<Json> raceFigures = new ArrayList<>();
        StringBuilder table = new StringBuilder("%-26s %11s %14s %15s %13s %10s%n"
                .formatted(
                        "transport: server",
                        "connections",
                        "µs/player-tick",
                        "ratio to plain",
                        "within rounds",
                        "load"));
        for (Race race : races) {
            for (ServerProcess.Kind kind : race.windows().keySet()) {
                List<Double> ratios = race.ratios(kind);
                double load = race.windows(kind).stream()
                        .mapToDouble(Load.Window::clientShare)
                        .max()
                        .orElse(0);
                table.append("%-26s %,11d %14.2f %15.2f %13s %8.0f %%%n"
                        .formatted(
                                kind.title(),
                                race.players(),
                                race.micros(kind),
                                race.ratio(kind),
                                "%.2f–%.2f".formatted(ratios.getFirst(), ratios.getLast()),
                                load * 100));
                raceFigures.add(race.figures(kind));
            }
            failures.addAll(race.flaws());
            if (!(race.ratio(ServerProcess.Kind.ORRERY) <= LIMIT_RATIO)) {
                failures.add(String.format(
                        Locale.ROOT,
                        "at %,d connections a player-tick costs %.2f of plain Netty's, above %.2f",
                        race.players(),
                        race.ratio(ServerProcess.Kind.ORRERY),
                        LIMIT_RATIO));
            }
        }
        table.append("%-26s %14s %14s %15s %15s%n"
                .formatted("transport: server", "idle heap B", "idle direct B", "heap B/frame", "of all threads"));
        for (Footprint footprint : footprints) {
            table.append("%-26s %,14.0f %,14.0f %15.3f %15.3f%n"
                    .formatted(
                            footprint.kind().title(),
                            footprint.idleHeapBytes(),
                            footprint.idleDirectBytes(),
                            footprint.frameBytes(),
                            footprint.frameBytesOfAll()));
            if (footprint.kind() == ServerProcess.Kind.ORRERY) {
                failures.addAll(failures(footprint));
            }
        }
        Json all = new Json.Obj(Map.of(
                "playerTicks", new Json.Arr(raceFigures),
                "footprints",
                        new Json.Arr(footprints.stream().map(Footprint::figures).toList()),
                "limitRatio", new Json.Num(LIMIT_RATIO),
                "limitIdleBytes", new Json.Num(LIMIT_IDLE_BYTES),
                "limitHeapBytesPerFrame", new Json.Num(LIMIT_FRAME_BYTES)));
        return new Report(table.toString(), all, failures);
    }

    private static List<String> failures(Footprint footprint) {
        List<String> failures = new ArrayList<>();
        if (!(footprint.idleBytes() <= LIMIT_IDLE_BYTES)) {
            failures.add(String.format(
                    Locale.ROOT,
                    "an idle connection takes %,.0f bytes, above %,.0f",
                    footprint.idleBytes(),
                    LIMIT_IDLE_BYTES));
        }
        if (!(footprint.frameBytes() < LIMIT_FRAME_BYTES)) {
            failures.add(String.format(
                    Locale.ROOT,
                    "a frame takes %.2f bytes of heap, not below %.0f",
                    footprint.frameBytes(),
                    LIMIT_FRAME_BYTES));
        }
        return failures;
    }
}
