package dev.orrery.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What a browser sees before it has logged in: one file with its style and its script inside, as nothing else is answered without
 * a login. Immutable.
 *
 * @param html the page
 * @param policy lets exactly this style and this script in
 */
record LoginPage(String html, String policy) {
    private static final String FOLDER = "/management/";

    /** @param policy to which those of this page are added */
    static LoginPage load(String policy) {
        String style = read("login.css");
        String script = read("login.js");
        String html = read("login.html").replace("/*style*/", style).replace("/*script*/", script);
        return new LoginPage(
                html,
                policy + "; img-src data:; style-src 'sha256-" + base64(style) + "'; script-src 'sha256-"
                        + base64(script) + "'");
    }

    /** As a content security policy names what stands in the page. */
    private static String base64(String content) {
        return Base64.getEncoder().encodeToString(Sha256.digest(content));
    }

    private static String read(String name) {
        try (InputStream in = LoginPage.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + FOLDER + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FOLDER + name, e);
        }
    }
}
