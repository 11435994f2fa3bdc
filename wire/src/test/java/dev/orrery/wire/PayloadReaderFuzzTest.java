package dev.orrery.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PayloadReaderFuzzTest {
    private static final int BYTES_FOR_EACH = 1_000;

    @Test
    void shouldReadAgainWhatItWroteOrRefuse() throws IOException {
        Fuzzing.run(PayloadReaderFuzzTest.class, 20_000, PayloadReaderFuzzTest::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        String body = new String(input, StandardCharsets.UTF_8);
        Fuzzing.bounded(input.length, BYTES_FOR_EACH, () -> check(body));
    }

    private static void check(String body) {
        PayloadReader reader = new PayloadReader(body);
        for (int count = 0; ; count++) {
            EnginePacket packet;
            try {
                packet = reader.next();
            } catch (WireException e) {
                return;
            }
            if (packet == null) {
                return;
            }
            if (count > body.length()) {
                throw new AssertionError("more packets than there are characters");
            }
            requireSame(packet, first(packet.encode().payload()));
        }
    }

    private static @Nullable EnginePacket first(byte[] payload) {
        try {
            return new PayloadReader(new String(payload, StandardCharsets.UTF_8)).next();
        } catch (WireException e) {
            throw new AssertionError("what was written is refused", e);
        }
    }

    private static void requireSame(EnginePacket packet, @Nullable EnginePacket again) {
        if (again == null
                || packet.type() != again.type()
                || !packet.data().equals(again.data())
                || !Arrays.equals(packet.binary(), again.binary())) {
            throw new AssertionError(packet + " was read as " + again);
        }
    }
}
