package dev.orrery.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A proxy as a process, steered by lines on its standard input: {@code delay BASE_MILLIS JITTER_MILLIS},
 * {@code stall MILLIS}, {@code cut}. Each is answered by a line once it holds: {@code ok}, or what is wrong with it. Owned by
 * the thread that runs it.
 */
final class ProxyConsole {
    private static final Set<String> OPTIONS = Set.of("--target", "--listen", "--delay", "--jitter", "--seed");
    private static final String USAGE =
            "usage: DelayProxy --target PORT [--listen 0] [--delay MILLIS] [--jitter MILLIS] [--seed N]";

    private ProxyConsole() {}

    /** Runs until {@code in} ends. Returns the exit code: 2 if the arguments make no sense. */
    static int run(String[] args, InputStream in, PrintStream out, PrintStream err) throws IOException {
        int target;
        int listen;
        long seed;
        Delay delay;
        try {
            Map<String, Long> options = parse(args);
            target = Math.toIntExact(options.getOrDefault("--target", 0L));
            listen = Math.toIntExact(options.getOrDefault("--listen", 0L));
            seed = options.getOrDefault("--seed", 0L);
            delay = new Delay(
                    Math.toIntExact(options.getOrDefault("--delay", 0L)),
                    Math.toIntExact(options.getOrDefault("--jitter", 0L)));
            if (target < 1 || target > 0xFFFF || listen < 0 || listen > 0xFFFF) {
                throw new IllegalArgumentException("--target takes a port, --listen a port or 0");
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            err.println("delay-proxy: " + e.getMessage() + "\n" + USAGE);
            return 2;
        }
        try (DelayProxy proxy = DelayProxy.start(listen, target, delay, seed)) {
            out.println("listening on " + proxy.port());
            out.flush();
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.println(obey(proxy, line.strip().split(" +")));
                out.flush();
            }
        }
        return 0;
    }

    private static Map<String, Long> parse(String[] args) {
        Map<String, Long> options = new HashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            if (!OPTIONS.contains(args[i]) || i + 1 == args.length) {
                throw new IllegalArgumentException("unknown option or option without its number: " + args[i]);
            }
            options.put(args[i], Long.parseLong(args[i + 1]));
        }
        return options;
    }

    private static String obey(DelayProxy proxy, String[] words) {
        try {
            switch (words[0] + " " + (words.length - 1)) {
                case "delay 2" -> proxy.delay(new Delay(Integer.parseInt(words[1]), Integer.parseInt(words[2])));
                case "stall 1" -> proxy.stall(Long.parseLong(words[1]));
                case "cut 0" -> proxy.cut();
                default -> throw new IllegalArgumentException("commands: delay BASE JITTER, stall MILLIS, cut");
            }
            return "ok";
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
