package dev.orrery.bench;

import dev.orrery.wire.Json;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * CPU time of servers under the same load, which takes turns.
 *
 * @param players how many
 * @param windows of each server, round by round
 */
record Race(int players, Map<ServerProcess.Kind, List<Load.Window>> windows) {
    /** All servers live as long as the race: windows are many and short, and each comes to code that is warm. */
    static Race run(Load load, TransportPlan plan, List<ServerProcess.Kind> racers, int players) throws BenchException {
        Map<ServerProcess.Kind, Child> servers = new EnumMap<>(ServerProcess.Kind.class);
        Map<ServerProcess.Kind, List<Load.Window>> windows = new EnumMap<>(ServerProcess.Kind.class);
        try {
            for (ServerProcess.Kind kind : racers) {
                Child server = Load.server(kind);
                servers.put(kind, server);
                windows.put(kind, new ArrayList<>());
            }
            for (int round = 0; round < plan.warmRounds(); round++) {
                for (Map.Entry<ServerProcess.Kind, Child> each : servers.entrySet()) {
                    load.window(each.getValue(), each.getKey(), players, plan.warmSeconds(), 0);
                }
            }
            for (int round = 0; round < plan.rounds(); round++) {
                for (Map.Entry<ServerProcess.Kind, List<Load.Window>> each : windows.entrySet()) {
                    Child server = servers.get(each.getKey());
                    if (server != null) {
                        each.getValue()
                                .add(load.window(
                                        server, each.getKey(), players, plan.settleSeconds(), plan.windowSeconds()));
                    }
                }
            }
        } finally {
            servers.values().forEach(Child::close);
        }
        return new Race(players, windows);
    }

    /** Microseconds per player and tick: the median. */
    double micros(ServerProcess.Kind kind) {
        return median(windows(kind).stream().map(Load.Window::microsPerFrame).toList());
    }

    /** Milliseconds between two frames of a player (p99): the median. */
    double gapMillis(ServerProcess.Kind kind) {
        return median(windows(kind).stream().map(Load.Window::gapMillis).toList());
    }

    /** Of a server's median to the plain one's. */
    double ratio(ServerProcess.Kind kind) {
        return micros(kind) / micros(ServerProcess.Kind.PLAIN);
    }

    /** The ratios within each round, the least first. */
    List<Double> ratios(ServerProcess.Kind kind) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < windows(kind).size(); round++) {
            ratios.add(windows(kind).get(round).microsPerFrame()
                    / windows(ServerProcess.Kind.PLAIN).get(round).microsPerFrame());
        }
        return ratios.stream().sorted().toList();
    }

    /** Of all windows, why they count for nothing. */
    List<String> flaws() {
        List<String> flaws = new ArrayList<>();
        windows.forEach((kind, rounds) -> {
            for (int round = 0; round < rounds.size(); round++) {
                String flaw = rounds.get(round).flaw();
                if (!flaw.isEmpty()) {
                    flaws.add("%,d connections, %s, round %d does not count: %s"
                            .formatted(players, kind.title(), round + 1, flaw));
                }
            }
        });
        return flaws;
    }

    List<Load.Window> windows(ServerProcess.Kind kind) {
        return windows.getOrDefault(kind, List.of());
    }

    Json figures(ServerProcess.Kind kind) {
        return new Json.Obj(Map.of(
                "connections", new Json.Num(players),
                "server", new Json.Str(kind.title()),
                "microsPerPlayerTick", new Json.Num(micros(kind)),
                "ratioToPlain", new Json.Num(ratio(kind)),
                "rounds",
                        new Json.Arr(windows(kind).stream()
                                .<Json>map(window -> new Json.Num(window.microsPerFrame()))
                                .toList())));
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
