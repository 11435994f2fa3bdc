package dev.orrery.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AdminTokenTest {
    @TempDir
    private Path data = Path.of("");

    private static AdminConfig config(String token) {
        return new AdminConfig("127.0.0.1", 0, null, false, Set.of(), token);
    }

    @Test
    void shouldMakeATokenThatOnlyTheOwnerReads() throws Exception {
        Path folder = data.resolve("new");
        String token = AdminToken.load(config(""), folder);
        assertThat(token).hasSizeGreaterThanOrEqualTo(24);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("admin-token"))))
                .isEqualTo("rw-------");
        assertThat(Files.readString(folder.resolve("admin-token")).strip()).isEqualTo(token);
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void shouldKeepTheTokenFromStartToStart() throws Exception {
        String token = AdminToken.load(config(""), data);
        assertThat(AdminToken.load(config(""), data)).isEqualTo(token);
        assertThat(AdminToken.load(config(""), data.resolve("other"))).isNotEqualTo(token);
    }

    @Test
    void shouldTakeTheConfiguredToken() throws Exception {
        assertThat(AdminToken.load(config("twenty-characters-or-more"), data)).isEqualTo("twenty-characters-or-more");
        assertThat(data.resolve("admin-token")).doesNotExist();
    }

    @Test
    void shouldSayWhatIsWrongWithTheFile() throws Exception {
        Files.writeString(data.resolve("admin-token"), "short\n");
        assertThatThrownBy(() -> AdminToken.load(config(""), data))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("delete it");
        Path file = data.resolve("file");
        Files.writeString(file, "");
        assertThatThrownBy(() -> AdminToken.load(config(""), file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot use");
    }

    @Test
    void shouldNotTellTheTokenInConfigurations() {
        assertThat(config("twenty-characters-or-more").toString()).doesNotContain("twenty");
    }
}
