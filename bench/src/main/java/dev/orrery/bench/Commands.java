package dev.orrery.bench;

import dev.orrery.wire.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The child's side of a {@link Child}: one command a line, answered by one line of JSON, until the input ends. */
@FunctionalInterface
interface Commands {
    /** @param words the line's, the command's name first */
    Map<String, Json> answer(String[] words) throws Exception;

    /** Serves them, then ends the process; with 1 after the first that fails. */
    static void serve(Commands commands) {
        PrintStream answers = System.out;
        // Whatever else is printed must not stand among the answers.
        System.setOut(System.err);
        int code = 0;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                answers.println(new Json.Obj(commands.answer(line.split(" "))).toText());
            }
        } catch (IOException e) {
            code = 1;
        } catch (Exception e) {
            e.printStackTrace();
            code = 1;
        }
        System.exit(code);
    }
}
