package dev.orrery.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.wire.Json;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import me.normanmaurer.maven.autobahntestsuite.AutobahnTestSuite;
import org.junit.jupiter.api.Test;
import org.python.util.PythonInterpreter;

/**
 * The WebSocket protocol test suite of Autobahn against the server's WebSockets. The suite is in Python 2; a Maven plugin carries it
 * together with Jython. It is called from here and not by Maven, as Maven may run on another JDK than the code needs, and as the
 * plugin does not look at how connections were closed.
 */
final class AutobahnIT {
    private static final Path REPORTS = Path.of("target", "autobahntestsuite-reports");
    private static final String AGENT = "orrery";

    private static final List<String> CASES = List.of("1.*", "2.*", "3.*", "4.*", "5.*", "6.*", "7.*", "10.*");
    /** The status codes 1012 to 1014 are legal since the suite was written; it wants them refused. */
    private static final List<String> LEFT_OUT = List.of("7.9.6", "7.9.7", "7.9.8");

    private static final int CASE_COUNT = 248;
    private static final Set<String> PASSED = Set.of("OK", "NON-STRICT", "INFORMATIONAL");

    @Test
    void shouldPassEveryCase() throws Exception {
        startPython();
        Path index = REPORTS.resolve("index.json");
        Files.deleteIfExists(index);
        try (WebSocketEchoServer server = new WebSocketEchoServer()) {
            String url = "ws://127.0.0.1:" + server.port();
            AutobahnTestSuite.runFuzzingClient(AGENT, url, Map.of("version", 18), CASES, LEFT_OUT);
        }
        Json results = Json.parse(Files.readString(index)).get(AGENT);
        Map<String, String> failed = new TreeMap<>();
        ((Json.Obj) results).members().forEach((name, result) -> {
            String verdict = result.get("behavior").text("?") + ", closing "
                    + result.get("behaviorClose").text("?");
            if (!PASSED.containsAll(List.of(verdict.split(", closing ")))) {
                failed.put(
                        name,
                        verdict + ": "
                                + REPORTS.resolve(result.get("reportfile").text("?")));
            }
        });
        assertThat(failed).as("cases that failed").isEmpty();
        assertThat(((Json.Obj) results).members().size()).as("cases").isEqualTo(CASE_COUNT);
    }

    /**
     * Tells Jython where its library is and to write no cache. Its module {@code io} is imported first: later its name would mean
     * Netty's packages.
     */
    private static void startPython() throws URISyntaxException {
        Path jar = Path.of(PythonInterpreter.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Properties settings = new Properties();
        settings.setProperty("python.path", jar.resolve("Lib").toString());
        settings.setProperty("python.cachedir.skip", "true");
        PythonInterpreter.initialize(System.getProperties(), settings, new String[0]);
        try (PythonInterpreter python = new PythonInterpreter()) {
            python.exec("import io");
            python.setOut(OutputStream.nullOutputStream()); // of all interpreters: a line for each case
        }
    }
}
