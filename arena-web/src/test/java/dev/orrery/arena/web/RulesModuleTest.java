package dev.orrery.arena.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.arena.rules.Drive;
import dev.orrery.arena.rules.DriveKind;
import dev.orrery.arena.rules.Harbour;
import dev.orrery.arena.rules.Shell;
import dev.orrery.arena.rules.ShellKind;
import dev.orrery.arena.rules.Ship;
import dev.orrery.arena.rules.ShipKind;
import dev.orrery.rules.Digest;
import dev.orrery.rules.Field;
import dev.orrery.rules.FieldTable;
import dev.orrery.rules.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** The module as a page loads it. */
class RulesModuleTest {
    private static final Path FOLDER = Path.of("target", "classes", "games", "arena", "rules");
    private static final int BUDGET_BYTES = 11 * 1024;

    @Test
    void shouldReplayTicksLikeTheJvm() {
        Settings settings = new Settings(50, 5, 5, 0.1, 100, 5);
        Harbour harbour = new Harbour();
        ShipKind shipKind = new ShipKind();
        DriveKind driveKind = new DriveKind();
        Ship ship = new Ship();
        ship.x = 330;
        ship.y = 900;
        ship.seed = 77;
        Drive drive = new Drive();
        drive.x = -0.75;
        drive.y = 0.5;
        drive.boost = 3;
        int[] first = new int[shipKind.table().rowLength()];
        int[] input = new int[driveKind.table().rowLength()];
        driveKind.write(drive, input, 0);
        shipKind.write(ship, first, 0);
        List<Integer> history = new ArrayList<>();
        int[] row = first.clone();
        for (int tick = 0; tick < 40; tick++) {
            ship.step(drive, harbour, settings);
            shipKind.write(ship, row, 0);
            shipKind.read(row, 0, ship);
            Arrays.stream(row).forEach(history::add);
        }
        Digest digest = new Digest();
        digest.add(9, 1, row, 0, row.length);

        String printed = inNode("""
                rules.configure(50, 5, 5, 0.1, 100, 5);
                const row = Int32Array.from(%s), input = %s, history = new Int32Array(40 * row.length);
                const inputs = Int32Array.from({ length: 40 * input.length }, (_, i) => input[i %% input.length]);
                const again = row.slice(), lanes = new Int32Array(2);
                rules.stepShip(row, inputs, 40, history);
                rules.stepShip(again, inputs, 40, new Int32Array(0));
                rules.digestShip(9, 1, again, lanes);
                console.log(JSON.stringify([[...history], [...row], [...again], [...lanes]]));
                """.formatted(Arrays.toString(first), Arrays.toString(input)));

        String last = Arrays.toString(row);
        assertThat(ship.bumps).isPositive();
        assertThat(printed)
                .isEqualTo(("[" + history + "," + last + "," + last + ",[" + digest.low() + "," + digest.high() + "]]")
                        .replace(" ", ""));
    }

    @Test
    void shouldHandOutTheTablesInTheOrderOfTheRows() {
        assertThat(inNode("""
                const { actors, inputs } = JSON.parse(rules.tables());
                for (const t of [...actors, ...inputs]) {
                  console.log(t.name, t.rowLength);
                  for (const f of t.fields) console.log(f.name, f.type, f.offset, f.length, f.min, f.max, f.quantum, f.audience);
                }
                """))
                .isEqualTo(String.join(
                        "\n",
                        lines(new ShipKind().table()),
                        lines(new ShellKind().table()),
                        lines(new DriveKind().table())));
    }

    @Test
    void shouldStepWhatNobodySteers() {
        Harbour harbour = new Harbour();
        ShellKind kind = new ShellKind();
        Shell shell = new Shell();
        int[] created = new int[kind.table().rowLength()];
        kind.write(shell, created, 0);
        shell.x = 700;
        shell.y = 650;
        shell.heading = 0.75;
        int[] row = new int[kind.table().rowLength()];
        kind.write(shell, row, 0);
        String first = Arrays.toString(row);
        for (int tick = 0; tick < 9; tick++) {
            kind.read(row, 0, shell);
            shell.step(new Object(), harbour, Settings.DEFAULT);
            kind.write(shell, row, 0);
        }
        assertThat(shell.millisLeft).isLessThan(Shell.FLIGHT_MILLIS);
        assertThat(inNode("""
                const created = new Int32Array(%d), row = Int32Array.from(%s);
                rules.createShell(created);
                rules.stepShell(row, new Int32Array(0), 9, new Int32Array(0));
                console.log(JSON.stringify([[...created], [...row]]));
                """.formatted(row.length, first)))
                .isEqualTo(("[" + Arrays.toString(created) + "," + Arrays.toString(row) + "]").replace(" ", ""));
    }

    private static String lines(FieldTable table) {
        StringBuilder text = new StringBuilder(table.name() + " " + table.rowLength());
        int offset = 0;
        for (Field field : table.fields()) {
            String quantum = field.quantum() == 1
                    ? "1"
                    : String.valueOf(field.quantum()).replace("2.44140625E-4", "0.000244140625");
            text.append("\n%s %s %d %d %d %d %s %s"
                    .formatted(
                            field.name(),
                            field.type().name().toLowerCase(Locale.ROOT),
                            offset,
                            field.length(),
                            field.min(),
                            field.max(),
                            quantum,
                            field.audience().name().toLowerCase(Locale.ROOT)));
            offset += field.length();
        }
        return text.toString();
    }

    @Test
    void shouldShowTheHarbour() {
        Harbour harbour = new Harbour();
        assertThat(inNode("console.log(rules.rocks()[2], rules.walls().length, rules.berths()[1])"))
                .isEqualTo("110 " + harbour.walls.size() * 4 + " 200");
    }

    @Test
    void shouldRefuseSettingsOutOfBounds() {
        assertThat(inNode("try { rules.configure(1, 5, 5, 0.1, 100, 5) } catch (e) { console.log(String(e)) }"))
                .contains("tickRate must lie between 10 and 1000 ms");
    }

    @Test
    void shouldStayWithinItsBudget() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(Files.readAllBytes(FOLDER.resolve("rules.js")));
        }
        assertThat(zipped.size()).isLessThanOrEqualTo(BUDGET_BYTES);
        assertThat(FOLDER.resolve("rules.d.ts")).content().contains("export function stepShip(row: Int32Array");
        assertThat(FOLDER.resolve("rules.js.map")).exists();
    }

    private static String inNode(String script) {
        return Node.run(
                "const rules = await import(process.argv[1]);\n" + script,
                FOLDER.resolve("rules.js").toUri().toString());
    }
}
