package dev.orrery.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TicketsTest {
    private long nowMillis = 1_000_000;
    private final InstantSource clock = () -> Instant.ofEpochMilli(nowMillis);

    @Test
    void shouldTakeTicketOnceForItsInstance(@TempDir Path folder) throws Exception {
        Tickets tickets = new Tickets(TicketKeys.load(folder), clock);
        String text = tickets.sign(tickets.create("i1", "p1", "Ada \"€\""));
        assertThat(tickets.take(text, "i1").player()).isEqualTo("p1");
        assertRefused("ticket-used", tickets, text, "i1");
        String other = tickets.sign(tickets.create("i1", "p1", "Ada"));
        assertRefused("ticket-forged", tickets, other, "i2");
        assertThat(tickets.take(other, "i1").name()).isEqualTo("Ada");
    }

    @Test
    void shouldRefuseTicketFromItsExpiryOn(@TempDir Path folder) throws Exception {
        Tickets tickets = new Tickets(TicketKeys.load(folder), clock);
        String text = tickets.sign(tickets.create("i1", "p1", "Ada"));
        String last = tickets.sign(tickets.create("i1", "p2", "Bob"));
        nowMillis += Tickets.LIFETIME_MILLIS - 1;
        tickets.take(last, "i1");
        nowMillis++;
        assertRefused("ticket-expired", tickets, text, "i1");
        assertRefused("ticket-expired", tickets, last, "i1");
    }

    @Test
    void shouldRefuseWhatItDidNotSign(@TempDir Path folder, @TempDir Path foreignFolder) throws Exception {
        Tickets tickets = new Tickets(TicketKeys.load(folder), clock);
        String text = tickets.sign(tickets.create("i1", "p1", "Ada"));
        String claims = new String(Base64.getUrlDecoder().decode(text.substring(0, text.indexOf('.'))));
        String richer = Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(claims.replace("p1", "p2").getBytes())
                + text.substring(text.indexOf('.'));
        Tickets foreign = new Tickets(TicketKeys.load(foreignFolder), clock);
        for (String forged : new String[] {
            "x",
            ".",
            "a.b",
            text + "A",
            text.substring(1),
            richer,
            "€.€",
            foreign.sign(foreign.create("i1", "p1", "A")),
            "x".repeat(5_000)
        }) {
            assertRefused("ticket-forged", tickets, forged, "i1");
        }
        assertRefused("ticket-missing", tickets, "", "i1");
        assertThat(tickets.take(text, "i1").player()).isEqualTo("p1");
    }

    @Test
    void shouldKeepKeysOverRestartsReadableByOwnerOnlyAndRotateThem(@TempDir Path folder) throws Exception {
        String old = sign(folder);
        Path file = folder.resolve("ticket-keys");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        String line = "next " + Base64.getEncoder().encodeToString(new byte[32]) + "\n";
        Files.writeString(file, line, StandardOpenOption.APPEND);
        Tickets rotated = new Tickets(TicketKeys.load(folder), clock);
        assertThat(rotated.take(old, "i1").player()).isEqualTo("p1");
        assertThat(new String(Base64.getUrlDecoder().decode(sign(folder).split("\\.")[0])))
                .contains("\"kid\":\"next\"");
        Files.writeString(file, "short AAAA\n");
        assertThatThrownBy(() -> TicketKeys.load(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("32 bytes");
    }

    @Test
    void shouldShowNamesOnOneLineWithoutHiddenCharacters() {
        assertThat(Names.shown("  Ada  ")).isEqualTo("Ada");
        assertThat(Names.shown("A\u202Ed\na\u0000")).isEqualTo("Ada");
        assertThat(Names.shown("\u200B \t")).isEqualTo("Guest");
        assertThat(Names.shown("😀".repeat(100)).codePointCount(0, 48)).isEqualTo(24);
    }

    private String sign(Path folder) throws IOException {
        Tickets tickets = new Tickets(TicketKeys.load(folder), clock);
        return tickets.sign(tickets.create("i1", "p1", "Ada"));
    }

    private static void assertRefused(String code, Tickets tickets, String text, String instance) {
        assertThatThrownBy(() -> tickets.take(text, instance))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.refusal().code()).isEqualTo(code));
    }
}
