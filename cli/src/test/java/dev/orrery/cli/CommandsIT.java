package dev.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandsIT {
    private static final String CONFIG = "listen.port = 0\nadmin.port = 0\n";

    @TempDir
    private Path folder;

    private CommandProcess serve(String config) throws Exception {
        Files.writeString(folder.resolve("server.conf"), config);
        return new CommandProcess(folder, "serve", "--config", "server.conf");
    }

    @Test
    void shouldServeUntilItIsToldToEnd() throws Exception {
        try (CommandProcess node = serve(CONFIG)) {
            String url = node.await("Orrery is up at +(http://127\\.0\\.0\\.1:\\d+/)$");
            try (CommandProcess health = new CommandProcess(folder, "health", url + "api/v1/ping")) {
                assertThat(health.exitCode()).isZero();
                assertThat(health.output()).singleElement().asString().contains("\"region\":\"local\"");
            }
            assertThat(folder.resolve("data")).isDirectory();
            node.terminate();
            assertThat(node.exitCode()).isZero();
            assertThat(node.output())
                    .anyMatch(line -> line.startsWith("Draining: players have 30 s to leave."))
                    .endsWith("Ended.")
                    .anyMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\S+ INFO .*"));
        }
    }

    @Test
    void shouldLogJsonIfAsked() throws Exception {
        Files.writeString(folder.resolve("server.conf"), CONFIG);
        try (CommandProcess node = new CommandProcess(folder, "serve", "--config=server.conf", "--log", "json")) {
            assertThat(node.await("(^\\{.*)")).contains("\"level\":\"INFO\"").endsWith("}");
        }
    }

    @Test
    void shouldSayEverythingThatIsWrongWithItsConfiguration() throws Exception {
        try (CommandProcess node = serve("listen.prot = 1\nworkers = 0\n")) {
            assertThat(node.exitCode()).isEqualTo(1);
            assertThat(node.output())
                    .hasSize(2)
                    .allMatch(line -> line.startsWith("orrery: server.conf:"))
                    .anyMatch(line -> line.contains("server.conf:1: listen.prot is unknown; did you mean port?"))
                    .anyMatch(line -> line.contains("server.conf:2: workers is refused"));
        }
    }

    @Test
    void shouldSayThatItsConfigurationIsMissing() throws Exception {
        try (CommandProcess node = new CommandProcess(folder, "serve", "--config", "none.conf")) {
            assertThat(node.exitCode()).isEqualTo(1);
            assertThat(node.output())
                    .containsExactly("orrery: the configuration names none.conf, which does not exist");
        }
    }

    @Test
    void shouldOnlyCheckIfAsked() throws Exception {
        Files.writeString(folder.resolve("server.conf"), CONFIG);
        try (CommandProcess check = new CommandProcess(folder, "serve", "--config", "server.conf", "--check")) {
            assertThat(check.exitCode()).isZero();
            assertThat(check.output()).containsExactly("server.conf is right.");
            assertThat(folder.resolve("data")).doesNotExist();
        }
    }

    @Test
    void shouldSayThatItsPortIsTaken() throws Exception {
        try (CommandProcess first = serve(CONFIG)) {
            String port = first.await("Orrery is up at +http://127\\.0\\.0\\.1:(\\d+)/$");
            try (CommandProcess second = serve("listen.port = " + port + "\nadmin.port = 0\n")) {
                assertThat(second.exitCode()).isEqualTo(1);
                assertThat(second.output())
                        .filteredOn(line -> line.startsWith("orrery: "))
                        .singleElement()
                        .asString()
                        .contains(port);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo --port 0 --admin-port 0", "conformance --port 0"})
    void shouldEndAtOnceAndWell(String command) throws Exception {
        try (CommandProcess process = new CommandProcess(folder, command.split(" "))) {
            process.await("Ctrl-C stops it");
            process.terminate();
            assertThat(process.exitCode()).isZero();
        }
    }

    @Test
    void shouldTellWhetherANodeIsWell() throws Exception {
        try (CommandProcess node = serve(CONFIG)) {
            String url = node.await("Orrery is up at +(http://\\S+)$");
            try (CommandProcess lost = new CommandProcess(folder, "health", url + "nothing")) {
                assertThat(lost.exitCode()).isEqualTo(1);
            }
            node.terminate();
            assertThat(node.exitCode()).isZero();
            try (CommandProcess gone = new CommandProcess(folder, "health", url)) {
                assertThat(gone.exitCode()).isEqualTo(1);
                assertThat(gone.output()).containsExactly("orrery: " + url + " does not answer");
            }
        }
    }

    @Test
    void shouldPrintALinkThatLogsInForADemoOnly() throws Exception {
        try (CommandProcess demo = new CommandProcess(folder, "demo", "--port", "0", "--admin-port", "0")) {
            String token = demo.await("Operate it at +http://127\\.0\\.0\\.1:\\d+/#(\\S+)$");
            assertThat(folder.resolve("data/admin-token")).content().isEqualToIgnoringWhitespace(token);
        }
        try (CommandProcess node = serve(CONFIG)) {
            node.await("Operate it at .*its token is in .*/data/admin-token\\)$");
            node.terminate();
            String token = Files.readString(folder.resolve("data/admin-token")).strip();
            assertThat(node.output()).noneMatch(line -> line.contains(token));
        }
    }

    @Test
    void shouldSayThatThePortOfManagementIsTaken() throws Exception {
        try (CommandProcess first = new CommandProcess(folder, "demo", "--port", "0", "--admin-port", "0")) {
            String port = first.await("Operate it at +http://127\\.0\\.0\\.1:(\\d+)/");
            try (CommandProcess second = new CommandProcess(folder, "demo", "--port", "0", "--admin-port", port)) {
                assertThat(second.exitCode()).isEqualTo(1);
                assertThat(second.output())
                        .filteredOn(line -> line.startsWith("orrery: "))
                        .singleElement()
                        .asString()
                        .contains(port + " for management");
            }
        }
    }

    @Test
    void shouldTellThatANodeIsReady() throws Exception {
        try (CommandProcess node = serve(CONFIG)) {
            String admin = node.await("Operate it at +(http://127\\.0\\.0\\.1:\\d+/)");
            try (CommandProcess health = new CommandProcess(folder, "health", admin + "health/ready")) {
                assertThat(health.exitCode()).isZero();
            }
        }
    }
}
