package dev.orrery.e2e.parser;

import dev.orrery.wire.Json;
import dev.orrery.wire.PacketLimits;
import dev.orrery.wire.SocketDecoder;
import dev.orrery.wire.SocketPacket;
import dev.orrery.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a decoder made of the messages of one connection.
 *
 * @param packets those before the end, with {@link Exact} data
 * @param end {@code idle}, {@code waiting} for attachments, or {@code refused}
 * @param taken messages before the one that was refused
 * @param reason the server's, if it refused
 */
record Outcome(List<Json> packets, String end, int taken, WireException.@Nullable Reason reason) {
    /** Asks the server's decoder, within the limits that it has by default. Each message is a {@code Str} or a {@code Bin}. */
    static Outcome ofServer(List<Json> messages) {
        SocketDecoder decoder = new SocketDecoder(PacketLimits.DEFAULT);
        List<Json> packets = new ArrayList<>();
        String end = "idle";
        int taken = 0;
        try {
            for (Json message : messages) {
                SocketPacket packet =
                        message instanceof Json.Bin bin ? decoder.binary(bin.value()) : decoder.text(message.text(""));
                end = packet == null ? "waiting" : "idle";
                if (packet != null) {
                    packets.add(exact(packet));
                }
                taken++;
            }
        } catch (WireException e) {
            return new Outcome(packets, "refused", taken, e.reason());
        }
        return new Outcome(packets, end, taken, null);
    }

    /** Reads a line of {@code parser.mjs}. */
    static Outcome ofLine(Json line) {
        List<Json> packets = ((Json.Arr) line.get("packets")).values();
        return new Outcome(
                packets, line.get("end").text(""), (int) line.get("taken").number(-1), null);
    }

    boolean isRefused() {
        return end.equals("refused");
    }

    boolean agreesWith(Outcome other) {
        return end.equals(other.end) && taken == other.taken && packets.equals(other.packets);
    }

    /** Whether this one refused a message that the other took, and nothing was wrong before. */
    boolean isStricterThan(Outcome other) {
        return isRefused()
                && taken < other.taken
                && packets.size() <= other.packets.size()
                && packets.equals(other.packets.subList(0, packets.size()));
    }

    private static Json exact(SocketPacket packet) {
        return packet(
                packet.type(),
                packet.namespace(),
                packet.id() == SocketPacket.NO_ID ? null : packet.id(),
                packet.data());
    }

    /** A packet in the form of {@code parser.mjs}. */
    static Json packet(SocketPacket.Type type, String namespace, @Nullable Long id, Json data) {
        return new Json.Obj(Map.of(
                "type",
                new Json.Num(type.ordinal()),
                "nsp",
                new Json.Str(namespace),
                "id",
                id == null ? Json.NULL : Exact.of(new Json.Num(id)),
                "data",
                Exact.of(data)));
    }
}
