package dev.orrery.testkit;

import dev.orrery.rules.Field;
import dev.orrery.world.InputKind;
import java.util.SplittableRandom;

/** What a simulated player wants. */
interface Mind {
    /**
     * Decides, once a tick of the client.
     *
     * @param seconds since the player first asked to join
     * @param input row, to be changed to what is wanted from now on
     * @param random of this player
     */
    Deed decide(double seconds, int[] input, SplittableRandom random);

    /** What a player does beside steering. */
    enum Deed {
        PLAY,
        CUT,
        BACK,
        LEAVE,
        /** Sends what no decent client would: again, out of order, from far ahead, and all at once. */
        MISBEHAVE
    }

    /** Does anything that the input's fields allow, leaves now and then and comes back. */
    static Mind random(InputKind kind) {
        return new Mind() {
            private boolean gone;

            @Override
            public Deed decide(double seconds, int[] input, SplittableRandom random) {
                int dice = random.nextInt(1_000);
                if (gone) {
                    gone = dice >= 30;
                    return gone ? Deed.PLAY : Deed.BACK;
                }
                if (dice < 120) {
                    scramble(kind, input, random);
                }
                gone = dice == 999;
                return gone ? Deed.LEAVE : dice >= 985 ? Deed.MISBEHAVE : Deed.PLAY;
            }
        };
    }

    private static void scramble(InputKind kind, int[] row, SplittableRandom random) {
        int at = 0;
        for (Field field : kind.fields()) {
            for (int i = 0; i < field.length(); i++, at++) {
                row[at] = switch (random.nextInt(5)) {
                    case 0 -> field.min();
                    case 1 -> field.max();
                    case 2 -> kind.initial()[at];
                    case 3 -> row[at];
                    default -> (int) random.nextLong(field.min(), field.max() + 1L);
                };
            }
        }
    }

    /** Does what a script says, and keeps doing it when that is over. */
    static Mind scripted(Script script, InputKind kind) {
        return new Mind() {
            private int done;

            @Override
            public Deed decide(double seconds, int[] input, SplittableRandom random) {
                for (Script.Step step = script.due(done, seconds); step != null; step = script.due(done, seconds)) {
                    done++;
                    switch (step) {
                        case Script.Hold hold -> System.arraycopy(kind.row(hold.input()), 0, input, 0, input.length);
                        case Script.Cut _ -> {
                            return Deed.CUT;
                        }
                        case Script.Back _ -> {
                            return Deed.BACK;
                        }
                        case Script.Leave _ -> {
                            return Deed.LEAVE;
                        }
                    }
                }
                return Deed.PLAY;
            }
        };
    }
}
