package dev.orrery.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigFileTest {
    private static final String SECRET = "correct-horse-battery-staple-0123456789";

    @TempDir
    private Path folder;

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private ServerConfig read(String text) throws IOException {
        return ConfigFile.read(write("server.conf", text), Map.of());
    }

    private List<String> complaints(String text) throws IOException {
        return complaints(text, Map.of());
    }

    /** Without the folder, which is another one in each run. */
    private List<String> complaints(String text, Map<String, String> environment) throws IOException {
        Path file = write("server.conf", text);
        try {
            ConfigFile.read(file, environment);
        } catch (UnusableConfigException e) {
            assertThat(e.getMessage()).isEqualTo(String.join("\n", e.complaints()));
            return e.complaints().stream()
                    .map(complaint -> complaint.replace(folder + "/", ""))
                    .toList();
        }
        return List.of();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            listen.prot = 1                         | server.conf:2: listen.prot is unknown; did you mean port? (allowed here: compression, connect-timeout,
            listen { trusted-proxy = [] }           | server.conf:2: listen.trusted-proxy is unknown; did you mean trusted-proxies?
            colour = red                            | server.conf:2: colour is unknown (allowed here: admin, data, instances, join, listen, region, settings, workers)
            instances.load.cpu = 1                  | server.conf:2: instances.load.cpu is unknown (allowed here: cpu-threshold, max-message-rate, max-state-size)
            listen.port = many                      | server.conf:2: listen.port must be a whole number, not "many"
            listen.port = 80.5                      | server.conf:2: listen.port must be a whole number, not "80.5"
            listen.port = 99999999999               | server.conf:2: listen.port must be a whole number, not "99999999999"
            listen.port = [80]                      | server.conf:2: listen.port must be a whole number, not a list
            listen.port = 70000                     | server.conf:2: listen.port is refused: port must lie between 0 and 65535
            listen.threads = 0                      | server.conf:2: listen.threads is refused: there must be at least one event loop
            listen = 8080                           | server.conf:2: listen must be a block: listen { … }, not "8080"
            listen.host = {}                        | server.conf:2: listen.host must be a text, not a block
            listen.compression = 3                  | server.conf:2: listen.compression must be true or false, not "3"
            listen.ping-interval = 10               | server.conf:2: listen.ping-interval must be a duration in whole milliseconds, such as 500ms, 30s or 5m, not "10"
            listen.ping-interval = 10parsecs        | server.conf:2: listen.ping-interval must be a duration in whole milliseconds, such as 500ms, 30s or 5m, not "10parsecs"
            listen.ping-interval = 10us             | server.conf:2: listen.ping-interval must be a duration in whole milliseconds
            listen.ping-interval = 300d             | server.conf:2: listen.ping-interval must be a duration in whole milliseconds
            listen.ping-interval = 0                | server.conf:2: listen.ping-interval is refused: ping interval and timeout must be positive
            listen.limits.max-payload = 64          | server.conf:2: listen.limits.max-payload is refused: a payload must hold at least a CONNECT packet
            listen.limits.max-payload = 1MiB        | server.conf:2: listen.limits.max-payload is refused: a packet must be able to hold one message
            listen.limits.max-payload = 3GiB        | server.conf:2: listen.limits.max-payload must be a size below 2GiB, such as 64KiB or 1MiB, not "3GiB"
            listen.limits.max-payload = 1Mb1        | server.conf:2: listen.limits.max-payload must be a size below 2GiB, such as 64KiB or 1MiB, not "1Mb1"
            listen.limits.messages.per-second = 0   | server.conf:2: listen.limits.messages.per-second is refused: a rate must let something through
            listen.limits.packet.max-depth = 5000   | server.conf:2: listen.limits.packet.max-depth is refused: values are read recursively: no deeper than
            listen.origins = "https://a.example"    | server.conf:2: listen.origins must be a list, such as ["https://play.example"], not "https://a.example"
            listen.origins = ["https://a.example/"] | server.conf:2: listen.origins is refused: an origin is scheme, host and port, such as https://play.example, or * for any
            listen.trusted-proxies = [proxy.local]  | server.conf:2: listen.trusted-proxies is refused: "proxy.local" is neither an IP address nor a network like 10.0.0.0/8
            listen.tls.certificate = server.conf    | server.conf:2: listen.tls needs key, the file with the private key in PEM
            listen.tls { certificate = parts, key = key.pem } | server.conf:2: listen.tls.certificate names parts, which does not exist
            listen.tls { certificate = key.pem, key = parts } | server.conf:2: listen.tls.key names parts, which does not exist
            admin.host = 0.0.0.0                    | server.conf:2: admin.host is refused: the management port would listen on 0.0.0.0 in the clear
            admin = on                              | server.conf:2: admin must be a block: admin { … }, not "on"
            admin.token-file = none                 | server.conf:2: admin.token-file names none, which does not exist
            admin.token-file = "."                  | server.conf:2: admin.token-file names
            workers = 0                             | server.conf:2: workers is refused: there must be at least one worker
            workers = some                          | server.conf:2: workers must be a whole number, not "some"
            settings.tick-rate = 100                | server.conf:2: settings.tick-rate must be a duration in whole milliseconds
            settings.tick-rate = 5ms                | server.conf:2: settings.tick-rate is refused: tick-rate must lie between 10 and 1000 ms
            settings.smoothing = 6s                 | server.conf:2: settings.smoothing is refused: smoothing must lie between 0 and 5 s
            settings.max-players = 0                | server.conf:2: settings.max-players is refused: max-players must lie between 1 and 10000
            settings.max-playres = 1                | server.conf:2: settings.max-playres is unknown; did you mean max-players?
            instances.close-after = 5s              | server.conf:2: instances.close-after is refused: close-after cannot come before hibernate-after
            instances.hang-after = 99ms             | server.conf:2: instances.hang-after is refused: hang-after must lie between 100 ms and an hour
            instances.load.cpu-threshold = -1       | server.conf:2: instances.load.cpu-threshold is refused: what counts as full must be more than nothing
            join.guests = false                     | server.conf:2: join.guests is refused: without guests and without tokens nobody could join
            join.rate.burst = none                  | server.conf:2: join.rate.burst must be a number, not "none"
            join.tokens { issuer = a }              | server.conf:2: join.tokens is refused: tokens are verified by a secret or by keys: give one of the two
            join.tokens.keys = none.json            | server.conf:2: join.tokens.keys names none.json, which does not exist
            region = ${REGION}                      | server.conf:2: the configuration needs REGION, which neither this file nor the environment has
            listen { port = 1                       | the configuration is not to be understood
            include "base.conf"                     | server.conf: the configuration is not to be understood: it includes base.conf, which cannot be read
            """)
    void shouldNameFileLineAndKey(String line, String complaint) throws IOException {
        Files.setPosixFilePermissions(write("key.pem", ""), PosixFilePermissions.fromString("rw-------"));
        assertThat(complaints("# the first line\n" + line + "\n"))
                .singleElement()
                .asString()
                .contains(complaint);
    }

    @Test
    void shouldTellEverythingAtOnce() throws IOException {
        assertThat(complaints("""
                listen {
                  port = -1
                  threads = 0
                  ping-timeout = soon
                }
                instances.max = 0
                instances.grace = -1s
                nonsense = 1
                """))
                .extracting(complaint -> complaint.replaceAll("^server.conf:(\\d+): (\\S+) .*", "$1 $2"))
                .containsExactly(
                        "2 listen.port",
                        "3 listen.threads",
                        "4 listen.ping-timeout",
                        "6 instances.max",
                        "7 instances.grace",
                        "8 nonsense");
    }

    @Test
    void shouldTakeTwoThatFitOnlyTogether() throws IOException {
        ServerConfig config = read("listen.limits { max-payload = 128KiB, packet.max-size = 512KiB }");
        assertThat(config.transport().limits().maxPayloadBytes()).isEqualTo(131_072);
        assertThat(config.transport().limits().packet().maxBytes()).isEqualTo(524_288);
    }

    @Test
    void shouldReadUnitsAndWords() throws IOException {
        ServerConfig config = read("""
                listen { host = 0.0.0.0, origins = ["https://Play.example", "*"], trusted-proxies = [10.0.0.0/8, "fd00::/8"] }
                settings { tick-rate = 50ms, smoothing = 250ms, movement-speed = 0.5 }
                instances { grace = 0, drain = 2m, load.max-state-size = 2M }
                workers = 3
                admin = off
                """);
        assertThat(config.transport().host()).isEqualTo("0.0.0.0");
        assertThat(config.transport().origins()).containsExactlyInAnyOrder("https://play.example", "*");
        assertThat(config.transport().trustedProxies()).hasSize(2);
        assertThat(config.settings()).isEqualTo(new SettingsPatch(50, 0.5, null, 0.25, null, null));
        assertThat(config.instances().graceMillis()).isZero();
        assertThat(config.instances().drainMillis()).isEqualTo(120_000);
        assertThat(config.instances().loadLimits().maxStateSize()).isEqualTo(2_097_152);
        assertThat(config.workers()).isEqualTo(3);
        assertThat(config.admin()).isNull();
    }

    @Test
    void shouldTakeValuesFromTheEnvironment() throws IOException {
        String text = "listen.port = 8080\nlisten.port = ${?PORT}\nlisten.compression = ${?COMPRESSION}\n"
                + "instances.grace = ${?GRACE}\nlisten.origins = [${?ORIGIN}]\n";
        ServerConfig config = ConfigFile.read(
                write("server.conf", text), Map.of("PORT", "9000", "COMPRESSION", "true", "GRACE", "5s", "HOME", "/"));
        assertThat(config.transport().port()).isEqualTo(9000);
        assertThat(config.transport().compression()).isTrue();
        assertThat(config.instances().graceMillis()).isEqualTo(5_000);
        assertThat(read(text).transport().port()).isEqualTo(8080);
        assertThat(complaints(text, Map.of("GRACE", "ages")))
                .singleElement()
                .asString()
                .startsWith("server.conf:4: instances.grace must be a duration");
    }

    @Test
    void shouldIncludeFilesNextToIt() throws IOException {
        Files.createDirectory(folder.resolve("parts"));
        write("parts/base.conf", "\n\nlisten { port = 1, threads = 0 }\ndata = worlds\n");
        assertThat(complaints("include \"parts/base.conf\"\nlisten.port = 7\n"))
                .singleElement()
                .asString()
                .startsWith("parts/base.conf:3: listen.threads is refused");
        ServerConfig config = read("include \"parts/base.conf\"\nlisten { port = 7, threads = 1 }\n");
        assertThat(config.transport().port()).isEqualTo(7);
        assertThat(config.dataFolder()).isEqualTo(folder.resolve("parts/worlds"));
    }

    @Test
    void shouldRefuseAFileThatIsNotThere() {
        assertThatThrownBy(() -> ConfigFile.read(folder.resolve("none.conf"), Map.of()))
                .isInstanceOf(UnusableConfigException.class)
                .hasMessage("the configuration names " + folder.resolve("none.conf") + ", which does not exist");
    }

    // ---- secrets ----

    private Path secretFile(String mode) throws IOException {
        Path file = write("secret", SECRET + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    @Test
    void shouldReadSecretsFromFiles() throws IOException {
        secretFile("rw-r-----");
        ServerConfig config = read("admin.token-file = secret\njoin.tokens.secret-file = secret");
        assertThat(config.admin()).extracting(AdminConfig::token).isEqualTo(SECRET);
        assertThat(config.joins().tokens())
                .extracting(JoinConfig.TokenConfig::secret)
                .isEqualTo(SECRET);
        assertThat(config.toString()).doesNotContain(SECRET);
    }

    @Test
    void shouldRefuseSecretsThatOthersCanRead() throws IOException {
        secretFile("rw-r--r--");
        assertThat(complaints("admin.token-file = secret"))
                .containsExactly(
                        "server.conf:1: admin.token-file names secret, which every user of this machine can read:"
                                + " take that away (chmod o-rwx secret)");
        write("certificate.pem", "");
        assertThat(complaints("listen.tls { certificate = certificate.pem, key = secret }"))
                .singleElement()
                .asString()
                .startsWith("server.conf:1: listen.tls.key names secret, which every user");
    }

    @Test
    void shouldTakeSecretsFromTheEnvironmentButNotFromAnOpenFile() throws IOException {
        ServerConfig config = ConfigFile.read(write("server.conf", "admin.token = ${?TOKEN}"), Map.of("TOKEN", SECRET));
        assertThat(config.admin()).extracting(AdminConfig::token).isEqualTo(SECRET);
        assertThat(complaints("admin.token = \"" + SECRET + "\""))
                .singleElement()
                .asString()
                .startsWith(
                        "server.conf:1: admin.token is a secret in a file that every user of this machine can read");
        Files.setPosixFilePermissions(folder.resolve("server.conf"), PosixFilePermissions.fromString("rw-------"));
        assertThat(read("admin.token = \"" + SECRET + "\"").admin()).isNotNull();
    }

    @Test
    void shouldRefuseTwoTokens() throws IOException {
        secretFile("rw-------");
        assertThat(complaints("admin { token = ${?TOKEN}, token-file = secret }", Map.of("TOKEN", SECRET)))
                .containsExactly("server.conf:1: admin.token-file is one too many: give token or token-file, not both");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "admin.token = \"s3cr3t\"",
                "admin { token = \"s3cr3t\", port = 70000 }",
                "admin { token = [\"s3cr3t\"] }",
                "admin.token-file = short",
                "admin.tokn = s3cr3t",
                "admin { token = \"s3cr3t",
                "admin { token = s3cr3t \"\"\" }",
                "admin { token = s3cr3t $ }",
                "admin { token = { s3cr3t = 1 ",
                "s3cr3t",
                "admin { s3cr3t s3cr3t }",
                "join.tokens.secret = \"s3cr3t\"",
                "join.tokens.secret-file = short",
                "join.tokens { secret-file = short, keys = short, issuer = [] }",
            })
    void shouldNeverPrintSecrets(String text) throws IOException {
        Files.setPosixFilePermissions(write("short", "s3cr3t"), PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(write("server.conf", ""), PosixFilePermissions.fromString("rw-------"));
        assertThat(complaints(text)).isNotEmpty().noneMatch(complaint -> complaint.contains("s3cr3t"));
    }
}
