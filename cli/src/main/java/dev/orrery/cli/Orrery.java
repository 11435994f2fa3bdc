package dev.orrery.cli;

import dev.orrery.world.Game;
import picocli.CommandLine;

/** Where a game's {@code main} leads: every command, with that game. */
public final class Orrery {
    static final String VERSION = "Orrery 0.1.0";

    private Orrery() {}

    /** Runs the command that the arguments name, and ends the process with its exit code. */
    public static void main(String[] args, Game game) {
        System.exit(commandLine(game).execute(args));
    }

    static CommandLine commandLine(Game game) {
        return new CommandLine(new Root()).addSubcommand(new DemoCommand(game)).addSubcommand(new ConformanceCommand());
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
