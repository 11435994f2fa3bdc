package dev.orrery.server;

import dev.orrery.wire.Fuzzing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** Of all texts only the one ticket that the test's key has signed is taken; it is among the seeds. */
final class TicketsFuzzTest {
    private static final InstantSource CLOCK = () -> Instant.ofEpochMilli(1_000_000);
    private static final Ticket SIGNED = new Ticket("i1", "p1", "Ada \"€\"", 1_030_000, "jti");
    private static final TicketKeys KEYS = keys();

    @Test
    void shouldTakeNothingButWhatWasSigned() throws IOException {
        Fuzzing.run(TicketsFuzzTest.class, 20_000, TicketsFuzzTest::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        Fuzzing.bounded(input.length, 1_000, () -> {
            try {
                Ticket taken = new Tickets(KEYS, CLOCK).take(new String(input, StandardCharsets.UTF_8), "i1");
                if (!taken.equals(SIGNED)) {
                    throw new AssertionError("forged: " + taken);
                }
            } catch (RefusedException e) {
                // As it should be.
            }
        });
    }

    private static TicketKeys keys() {
        try {
            Path folder = Files.createTempDirectory("tickets");
            Path file = folder.resolve("ticket-keys");
            Files.writeString(file, "k1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n");
            TicketKeys keys = TicketKeys.load(folder);
            Files.delete(file);
            Files.delete(folder);
            return keys;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
