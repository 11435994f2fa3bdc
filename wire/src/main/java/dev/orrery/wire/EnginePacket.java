package dev.orrery.wire;

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
 * On WebSocket a binary message is a bare binary frame; on polling it is {@code b<base64>}.
 *
 * @param data what follows the digit
 */
public record EnginePacket(Type type, String data) {
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

    public static final EnginePacket CLOSE = new EnginePacket(Type.CLOSE, "");
    public static final EnginePacket PING = new EnginePacket(Type.PING, "");

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
        return new EnginePacket(Type.BY_DIGIT[digit], text.substring(1));
    }

    public String encode() {
        return (char) ('0' + type.ordinal()) + data;
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
        return new EnginePacket(Type.OPEN, out.toString());
    }
}
