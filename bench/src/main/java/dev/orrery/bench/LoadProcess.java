package dev.orrery.bench;

import dev.orrery.wire.Json;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The players, in a process of their own. Its commands:
 *
 * <pre>
 *   connect PORT PLAIN COUNT   →                  PLAIN is true or false; waits until all have joined their rooms
 *   play                       →                  inputs from now on
 *   leave                      →                  all of them
 *   count                      → frames, inputs   received and sent since the process began
 * </pre>
 */
final class LoadProcess {
    private static final long JOIN_SECONDS = 60;

    private LoadProcess() {}

    public static void main(String[] args) throws Exception {
        LoadClient client = new LoadClient();
        Thread.ofPlatform().daemon().name("load").start(client);
        Commands.serve(words -> {
            switch (words[0]) {
                case "connect" ->
                    client.connect(
                                    Integer.parseInt(words[1]),
                                    Boolean.parseBoolean(words[2]),
                                    Integer.parseInt(words[3]))
                            .get(JOIN_SECONDS, TimeUnit.SECONDS);
                case "play" -> client.play();
                case "leave" -> client.leave().get(JOIN_SECONDS, TimeUnit.SECONDS);
                default -> {
                    // The count is told after every command.
                }
            }
            return Map.of("frames", new Json.Num(client.frames()), "inputs", new Json.Num(client.inputs()));
        });
    }
}
