package dev.orrery.bench;

import dev.orrery.wire.Json;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The players, in a process of their own. Its commands:
 *
 * <pre>
 *   connect PORT KIND COUNT    →                  KIND of server; waits until all have joined their rooms
 *   play                       →                  inputs from now on
 *   leave                      →                  all of them
 *   gap                        → gap              between two frames of a player since it was last asked, ms (p99)
 *   count                      → frames, inputs   received and sent since the process began
 * </pre>
 */
final class LoadProcess {
    private static final long JOIN_SECONDS = 120;

    private LoadProcess() {}

    public static void main(String[] args) throws Exception {
        LoadClient client = new LoadClient();
        Thread.ofPlatform().daemon().name("load").start(client);
        Commands.serve(words -> {
            switch (words[0]) {
                case "connect" ->
                    client.connect(
                                    Integer.parseInt(words[1]),
                                    ServerProcess.Kind.valueOf(words[2]),
                                    Integer.parseInt(words[3]))
                            .get(JOIN_SECONDS, TimeUnit.SECONDS);
                case "play" -> client.play();
                case "leave" -> client.leave().get(JOIN_SECONDS, TimeUnit.SECONDS);
                default -> {
                    // The count is told after every command.
                }
            }
            if (words[0].equals("gap")) {
                return Map.of("gap", new Json.Num(client.takeGap().get(JOIN_SECONDS, TimeUnit.SECONDS)));
            }
            return Map.of("frames", new Json.Num(client.frames()), "inputs", new Json.Num(client.inputs()));
        });
    }
}
