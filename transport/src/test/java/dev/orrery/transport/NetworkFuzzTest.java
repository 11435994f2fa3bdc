package dev.orrery.transport;

import dev.orrery.wire.Fuzzing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class NetworkFuzzTest {
    @Test
    void shouldReadAgainWhatItWroteOrRefuse() throws IOException {
        Fuzzing.run(NetworkFuzzTest.class, 20_000, NetworkFuzzTest::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        Network network;
        try {
            network = Network.parse(new String(input, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return;
        }
        if (!network.equals(Network.parse(network.toString()))) {
            throw new AssertionError(network + " was read as another");
        }
        if (!network.contains(network.address())) {
            throw new AssertionError(network + " does not contain its own address");
        }
    }
}
