package dev.orrery.wire;

import org.jspecify.annotations.Nullable;

/**
 * One packet of Engine.IO 4. As text it is a digit and its data:
 *
 * <pre>
 *   0{"sid":…}   open      server, once, first
 *   1            close     either side
 *   2            ping      server, every pingInterval     (2probe: client, while upgrading)
 *   3            pong      client, within pingTimeout     (3probe: server)
 *   4…           message   either side: a Socket.IO packet
 *   5            upgrade   client
 *   6            noop      server
 * </pre>
 *
 * A message of bytes is a bare binary frame on WebSocket and {@code b<base64>} on polling.
 *
 * @param data what follows the digit
 * @param binary the bytes of a binary message; null for any packet of text
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record EnginePacket(Type type, String data, byte @Nullable [] binary) {
    public enum Type {
        OPEN,
        CLOSE,
        PING,
        PONG,
        MESSAGE,
        UPGRADE,
        NOOP;

        private static final Type[] BY_DIGIT = values();
    }

    public static final String PROBE = "probe";

    /**
     * Reads one packet from its text.
     *
     * @throws WireException {@code EMPTY_PACKET} or {@code UNKNOWN_TYPE}
     */
    public static EnginePacket decode(String text) throws WireException {
        if (text.isEmpty()) {
            throw new WireException(WireException.Reason.EMPTY_PACKET);
        }
        int digit = text.charAt(0) - '0';
        if (digit < 0 || digit >= Type.BY_DIGIT.length) {
            throw new WireException(WireException.Reason.UNKNOWN_TYPE);
        }
        return new EnginePacket(Type.BY_DIGIT[digit], text.substring(1), null);
    }

    static EnginePacket ofBinary(byte[] message) {
        return new EnginePacket(Type.MESSAGE, "", message);
    }

    public EncodedPacket encode() {
        return binary == null ? EncodedPacket.text((char) ('0' + type.ordinal()) + data) : EncodedPacket.binary(binary);
    }

    public static EncodedPacket encode(Type type) {
        return new EnginePacket(type, "", null).encode();
    }

    /** The first packet of a session. Exactly these members, in any order, is what clients expect. */
    public static EnginePacket open(
            String sid, boolean upgradable, long pingIntervalMillis, long pingTimeoutMillis, int maxPayloadBytes) {
        JsonWriter out = new JsonWriter().beginObject().name("sid").value(sid);
        out.name("upgrades").beginArray();
        if (upgradable) {
            out.value("websocket");
        }
        out.endArray();
        out.name("pingInterval").value(pingIntervalMillis);
        out.name("pingTimeout").value(pingTimeoutMillis);
        out.name("maxPayload").value(maxPayloadBytes).endObject();
        return new EnginePacket(Type.OPEN, out.toString(), null);
    }
}
