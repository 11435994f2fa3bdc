package dev.orrery.cli;

import dev.orrery.world.Game;
import picocli.CommandLine;

/** Where a game's {@code main} leads: every command, with that game. */
public final class Orrery {
    static final String VERSION = "Orrery 0.1.0";

    private Orrery() {}

    /** Runs the command that the arguments name, and ends the process with its exit code. To be called by a game's main. */
    public static void main(String[] args, Game game) {
        Class<?> caller = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .getCallerClass();
        System.exit(commandLine(game, caller.getName()).execute(args));
    }

    /** @param mainClass what starts the game elsewhere */
    static CommandLine commandLine(Game game, String mainClass) {
        return new CommandLine(new Root())
                .addSubcommand(new DemoCommand(game))
                .addSubcommand(new ServeCommand(game))
                .addSubcommand(new HealthCommand())
                .addSubcommand(new ReplayCommand(game))
                .addSubcommand(new DistCommand(game, mainClass))
                .addSubcommand(new ConformanceCommand())
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** Says why a command cannot do what it should; the exit code for that. */
    static int fail(Exception reason) {
        String.valueOf(reason.getMessage()).lines().forEach(line -> System.err.println("orrery: " + line));
        return 1;
    }

    @CommandLine.Command(
            name = "orrery",
            mixinStandardHelpOptions = true,
            version = Orrery.VERSION,
            synopsisSubcommandLabel = "COMMAND",
            description = "An authoritative real-time multiplayer server.")
    private static final class Root implements Runnable {
        @CommandLine.Spec
        private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

        @Override
        public void run() {
            if (spec != null) {
                spec.commandLine().usage(System.out);
            }
        }
    }
}
