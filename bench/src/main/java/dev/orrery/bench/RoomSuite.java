package dev.orrery.bench;

import dev.orrery.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code bench room}: what a whole game server costs beside rooms that were written on Netty by hand and know nothing of games. */
final class RoomSuite {
    private static final List<ServerProcess.Kind> RACERS = List.of(ServerProcess.Kind.PLAIN, ServerProcess.Kind.GAME);
    /**
     * A game server has much more code than a floor, and that of joining gets warm only with the third crowd: for minutes, a tenth of its
     * time goes into compiling.
     */
    private static final int WARM_ROUNDS = 4;

    private static final double WARM_SECONDS = 12;
    private static final double SETTLE_SECONDS = 4;

    private static final double LIMIT_RATIO = 1.25;
    private static final double LIMIT_GAP_MILLIS = 20;

    private RoomSuite() {}

    /** @param plan of which the sizes hold if they were given */
    static Report run(TransportPlan plan) throws BenchException {
        List<Integer> sizes = plan.connections().equals(TransportPlan.DEFAULT.connections())
                ? List.of(5_000, 7_000, 8_000)
                : plan.connections();
        StringBuilder table = new StringBuilder("%-14s %11s %14s %15s %13s %10s %10s%n"
                .formatted(
                        "room: server",
                        "connections",
                        "µs/player-tick",
                        "ratio to plain",
                        "within rounds",
                        "gap p99",
                        "load"));
        List<String> failures = new ArrayList<>();
        List<Json> figures = new ArrayList<>();
        try (Load load = new Load()) {
            for (int players : sizes) {
                Race race = Race.run(load, plan.withWarmth(WARM_ROUNDS, WARM_SECONDS, SETTLE_SECONDS), RACERS, players);
                for (ServerProcess.Kind kind : RACERS) {
                    table.append(line(race, kind));
                    figures.add(race.figures(kind));
                }
                failures.addAll(failures(race));
            }
        }
        return new Report(table.toString(), new Json.Obj(Map.of("rooms", new Json.Arr(figures))), failures);
    }

    private static String line(Race race, ServerProcess.Kind kind) {
        List<Double> ratios = race.ratios(kind);
        double load = race.windows(kind).stream()
                .mapToDouble(Load.Window::clientShare)
                .max()
                .orElse(0);
        return String.format(
                Locale.ROOT,
                "%-14s %,11d %14.2f %15.2f %13s %7.0f ms %8.0f %%%n",
                kind.title(),
                race.players(),
                race.micros(kind),
                race.ratio(kind),
                "%.2f–%.2f".formatted(ratios.getFirst(), ratios.getLast()),
                race.gapMillis(kind),
                load * 100);
    }

    private static List<String> failures(Race race) {
        List<String> failures = new ArrayList<>(race.flaws());
        if (!(race.ratio(ServerProcess.Kind.GAME) <= LIMIT_RATIO)) {
            failures.add(String.format(
                    Locale.ROOT,
                    "at %,d connections a player-tick costs %.2f of plain Netty's, above %.2f",
                    race.players(),
                    race.ratio(ServerProcess.Kind.GAME),
                    LIMIT_RATIO));
        }
        if (race.gapMillis(ServerProcess.Kind.GAME) > race.gapMillis(ServerProcess.Kind.PLAIN) + LIMIT_GAP_MILLIS) {
            failures.add(String.format(
                    Locale.ROOT, "at %,d connections players wait longer for frames than they may", race.players()));
        }
        return failures;
    }
}
