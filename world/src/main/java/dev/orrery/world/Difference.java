package dev.orrery.world;

import dev.orrery.rules.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that differs between two worlds that should be equal.
 *
 * @param of an actor ({@code actor 65538 (ship)}), a player ({@code player ada}) or the world
 * @param field of it
 * @param recorded value in the first world
 * @param replayed value in the second
 */
public record Difference(String of, String field, String recorded, String replayed) {
    private static final String NONE = "none";

    @Override
    public String toString() {
        return of + ", " + field + ": recorded " + recorded + ", replayed " + replayed;
    }

    /** All that differs between two worlds of one game at the end of a tick, actors first, in the order of their slots. */
    public static List<Difference> between(World recorded, World replayed) {
        List<Difference> found = new ArrayList<>();
        int slots = Math.max(recorded.bodies().slots(), replayed.bodies().slots());
        for (int slot = 1; slot < slots; slot++) {
            bodies(recorded.bodies().at(slot), replayed.bodies().at(slot), found);
        }
        players(recorded, replayed, found);
        compare("the world", "tick", recorded.tick(), replayed.tick(), found);
        compare("the world", "settings", recorded.settings(), replayed.settings(), found);
        compare("the world", "announced", recorded.announced(), replayed.announced(), found);
        compare(
                "the world",
                "joins",
                recorded.roster().joins(),
                replayed.roster().joins(),
                found);
        return found;
    }

    private static void bodies(@Nullable Body recorded, @Nullable Body replayed, List<Difference> found) {
        if (recorded == null || replayed == null || recorded.id() != replayed.id()) {
            compare("the world", "actor", name(recorded), name(replayed), found);
            return;
        }
        rows(name(recorded), "", recorded.kind().kind().table().fields(), recorded.row, replayed.row, found);
        InputKind steering = recorded.kind().input();
        if (steering != null) {
            rows(
                    name(recorded),
                    "input ",
                    steering.kind().table().fields(),
                    recorded.inputRow,
                    replayed.inputRow,
                    found);
        }
    }

    private static void players(World recorded, World replayed, List<Difference> found) {
        compare(
                "the world",
                "players",
                recorded.players().stream().map(Player::id).toList(),
                replayed.players().stream().map(Player::id).toList(),
                found);
        for (Player player : recorded.players()) {
            Player other = replayed.player(player.id());
            if (other != null) {
                String of = "player " + player.id();
                compare(of, "actor", name(player.body()), name(other.body()), found);
                compare(of, "away", player.isAway(), other.isAway(), found);
                compare(of, "viewLag", player.viewLag(), other.viewLag(), found);
                List<Field> fields =
                        recorded.plan().playerInput().kind().table().fields();
                rows(of, "input ", fields, player.input(), other.input(), found);
            }
        }
    }

    private static void rows(
            String of, String prefix, List<Field> fields, int[] recorded, int[] replayed, List<Difference> found) {
        int at = 0;
        for (Field field : fields) {
            for (int i = 0; i < field.length(); i++, at++) {
                String name = prefix + field.name() + (field.length() > 1 ? "[" + i + "]" : "");
                compare(of, name, text(field, recorded[at]), text(field, replayed[at]), found);
            }
        }
    }

    private static String text(Field field, int quanta) {
        return switch (field.type()) {
            case NUM -> String.valueOf(quanta * field.quantum());
            case INT, REF -> String.valueOf(quanta);
            case BOOL -> String.valueOf(quanta != 0);
            case ENUM -> field.constants().get(quanta);
        };
    }

    private static String name(@Nullable Body body) {
        return body == null ? NONE : "actor " + body.id() + " (" + body.kind().name() + ")";
    }

    private static void compare(String of, String field, Object recorded, Object replayed, List<Difference> found) {
        if (!recorded.equals(replayed)) {
            found.add(new Difference(of, field, recorded.toString(), replayed.toString()));
        }
    }
}
