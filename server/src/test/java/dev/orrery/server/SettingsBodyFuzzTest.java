package dev.orrery.server;

import dev.orrery.rules.Settings;
import dev.orrery.wire.Fuzzing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Whatever is sent as settings either can hold or is refused with a sentence. */
final class SettingsBodyFuzzTest {
    @Test
    void shouldTakeNothingThatCannotHold() throws IOException {
        Fuzzing.run(SettingsBodyFuzzTest.class, 20_000, SettingsBodyFuzzTest::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        Fuzzing.bounded(input.length, 1_000, () -> {
            try {
                String text = new String(input, StandardCharsets.UTF_8);
                SettingsPatch patch = SettingsBody.read(Body.parse(text, SettingsBody.MEMBERS));
                if (patch.equals(SettingsPatch.NONE)) {
                    throw new AssertionError("changes nothing");
                }
                patch.apply(Settings.DEFAULT);
            } catch (RejectedException e) {
                if (e.status() != 400 || e.sentence().isBlank()) {
                    throw new AssertionError("refused without a reason", e);
                }
            }
        });
    }
}
