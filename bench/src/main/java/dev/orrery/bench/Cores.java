package dev.orrery.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which cores the children run on. */
final class Cores {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path TASKSET = Path.of("/usr/bin/taskset");
    private static final String ALLOWED = "Cpus_allowed_list:";

    private Cores() {}

    /**
     * What to put before a command.
     *
     * @param core counted among those that this process may use
     * @return empty where programs cannot be pinned, or there are not so many cores
     */
    static List<String> pinning(int core) {
        try {
            if (!Files.isExecutable(TASKSET)) {
                return List.of();
            }
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(ALLOWED)) {
                    List<Integer> allowed =
                            parse(line.substring(ALLOWED.length()).strip());
                    return core < allowed.size()
                            ? List.of(TASKSET.toString(), "-c", String.valueOf(allowed.get(core)))
                            : List.of();
                }
            }
        } catch (IOException e) {
            // No such file: another system than Linux.
        }
        return List.of();
    }

    /** {@code 0-2,7} is 0, 1, 2, 7. */
    static List<Integer> parse(String ranges) {
        List<Integer> cores = new ArrayList<>();
        for (String range : ranges.split(",")) {
            String[] ends = range.split("-");
            for (int core = Integer.parseInt(ends[0]); core <= Integer.parseInt(ends[ends.length - 1]); core++) {
                cores.add(core);
            }
        }
        return cores;
    }
}
