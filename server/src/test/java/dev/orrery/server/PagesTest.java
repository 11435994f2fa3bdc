package dev.orrery.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.transport.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PagesTest {
    private static final ClassLoader HERE = PagesTest.class.getClassLoader();
    private static final String[] FILES = {"page/index.html", "page/assets/index-1.js", "rules/rules.js"};

    private final Pages pages = new Pages("sample", HERE);

    private static HttpHandler.Reply get(Pages pages, String path) {
        return pages.handle(
                new HttpHandler.Request("GET", path, "", false, InetAddress.getLoopbackAddress(), "", new byte[0]));
    }

    private static String text(HttpHandler.Reply reply) {
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    @Test
    void shouldServeThePageAndItsRules() {
        assertThat(pages.exist()).isTrue();
        HttpHandler.Reply index = get(pages, "/");
        assertThat(text(index)).contains("<title>Sample</title>");
        assertThat(index.contentType()).startsWith("text/html");
        assertThat(index.headers()).containsEntry("Cache-Control", "no-cache");
        assertThat(index.headers().get("Content-Security-Policy")).contains("default-src 'self'");
        assertThat(get(pages, "/assets/index-1.js").headers().get("Cache-Control"))
                .contains("immutable");
        assertThat(pages.rulesUrl()).matches("/games/sample/[0-9a-f]{16}/rules\\.js");
        assertThat(text(get(pages, pages.rulesUrl()))).isEqualTo("export const step = 1;\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing.html",
                "/../rules/rules.js",
                "/assets/../index.html",
                "//index.html",
                "/index.html/",
                "/assets/",
                "/assets",
                "/INDEX.HTML",
                "/games/sample/rules/rules.js",
                "/page/index.html",
                "/index.html\u0000",
                "/etc/passwd",
                ""
            })
    void shouldServeNothingButItsOwnPaths(String path) {
        assertThat(get(pages, path).status()).isEqualTo(404);
    }

    @Test
    void shouldServeTheSameFromAJar(@TempDir Path folder) throws Exception {
        Path jar = folder.resolve("game.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String file : FILES) {
                out.putNextEntry(new JarEntry("games/packed/" + file));
                out.write(read("games/sample/" + file));
            }
        }
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            Pages packed = new Pages("packed", loader);
            Files.delete(jar); // nothing is read again
            assertThat(text(get(packed, "/index.html"))).contains("Sample");
            assertThat(get(packed, "/assets/index-1.js").status()).isEqualTo(200);
            assertThat(get(packed, packed.rulesUrl()).status()).isEqualTo(200);
        }
    }

    @Test
    void shouldSayThatThereIsNoPage() {
        Pages none = new Pages("unknown", HERE);
        assertThat(none.exist()).isFalse();
        assertThat(none.rulesUrl()).isEmpty();
        assertThat(text(get(none, "/"))).contains("no page");
    }

    private static byte[] read(String name) throws IOException {
        try (InputStream in = HERE.getResourceAsStream(name)) {
            assertThat(in).isNotNull();
            return in == null ? new byte[0] : in.readAllBytes();
        }
    }
}
