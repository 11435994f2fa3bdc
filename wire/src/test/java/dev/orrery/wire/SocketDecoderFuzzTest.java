package dev.orrery.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The messages of one connection, separated by 1E; those of bytes stand behind a {@code b}. */
final class SocketDecoderFuzzTest {
    private static final int BYTES_FOR_EACH = 4_000;
    private static final PacketLimits SMALL = new PacketLimits(8, 2, 64, 4);

    @Test
    void shouldReadAgainWhatItWroteOrRefuse() throws IOException {
        Fuzzing.run(SocketDecoderFuzzTest.class, 40_000, SocketDecoderFuzzTest::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        String[] messages = new String(input, StandardCharsets.UTF_8).split("\u001e", -1);
        Fuzzing.bounded(input.length, BYTES_FOR_EACH, () -> {
            check(messages, PacketLimits.DEFAULT);
            check(messages, SMALL);
        });
    }

    private static void check(String[] messages, PacketLimits limits) {
        SocketDecoder decoder = new SocketDecoder(limits);
        try {
            for (String message : messages) {
                SocketPacket packet = message.startsWith("b")
                        ? decoder.binary(message.substring(1).getBytes(StandardCharsets.UTF_8))
                        : decoder.text(message);
                if (packet != null) {
                    requireWithin(packet, limits);
                    requireReadable(packet);
                }
            }
        } catch (WireException e) {
            // Refused, as it should be.
        }
    }

    private static void requireWithin(SocketPacket packet, PacketLimits limits) {
        int attachments = attachments(packet.data());
        if (packet.namespace().length() > limits.maxNamespaceLength() || attachments > limits.maxAttachments()) {
            throw new AssertionError("beyond the limits: " + packet);
        }
    }

    private static int attachments(Json value) {
        return switch (value) {
            case Json.Bin ignored -> 1;
            case Json.Arr array ->
                array.values().stream()
                        .mapToInt(SocketDecoderFuzzTest::attachments)
                        .sum();
            case Json.Obj object ->
                object.members().values().stream()
                        .mapToInt(SocketDecoderFuzzTest::attachments)
                        .sum();
            default -> 0;
        };
    }

    /** What was read is written, and read as the same. */
    private static void requireReadable(SocketPacket packet) {
        if (packet.type() != SocketPacket.Type.EVENT && packet.type() != SocketPacket.Type.ACK) {
            return;
        }
        Object[] values = packet.arguments().toArray();
        EncodedPacket written = packet.type() == SocketPacket.Type.EVENT
                ? SocketPacket.event(packet.namespace(), packet.eventName(), packet.id(), values)
                : SocketPacket.ack(packet.namespace(), packet.id(), values);
        SocketPacket again = read(written);
        if (again == null
                || again.type() != packet.type()
                || !again.namespace().equals(packet.namespace())
                || again.id() != packet.id()
                || !asWritten(new Json.Arr(packet.arguments())).equals(new Json.Arr(again.arguments()))
                || packet.type() == SocketPacket.Type.EVENT
                        && !packet.eventName().equals(again.eventName())) {
            throw new AssertionError(packet + " was read as " + again);
        }
    }

    private static @Nullable SocketPacket read(EncodedPacket written) {
        List<SocketPacket> packets = new ArrayList<>();
        SocketDecoder decoder = new SocketDecoder(PacketLimits.DEFAULT);
        written.forEachFrame((binary, array, offset, length) -> {
            try {
                SocketPacket packet = binary
                        ? decoder.binary(Arrays.copyOfRange(array, offset, offset + length))
                        : decoder.text(new String(array, offset + 1, length - 1, StandardCharsets.UTF_8));
                if (packet != null) {
                    packets.add(packet);
                }
            } catch (WireException e) {
                throw new AssertionError("what was written is refused: " + written, e);
            }
        });
        return packets.size() == 1 ? packets.getFirst() : null;
    }

    /** As JavaScript has it when it comes back: without negative zeros, infinities, and what looks like an attachment. */
    private static Json asWritten(Json value) {
        return switch (value) {
            case Json.Num number -> Double.isInfinite(number.value()) ? Json.NULL : new Json.Num(number.value() + 0.0);
            case Json.Arr array ->
                new Json.Arr(array.values().stream()
                        .map(SocketDecoderFuzzTest::asWritten)
                        .toList());
            case Json.Obj object when object.get("_placeholder").equals(new Json.Bool(true)) -> Json.NULL;
            case Json.Obj object -> {
                Map<String, Json> members = new LinkedHashMap<>();
                object.members().forEach((name, member) -> members.put(name, asWritten(member)));
                yield new Json.Obj(members);
            }
            default -> value;
        };
    }
}
