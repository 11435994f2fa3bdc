package dev.orrery.wire;

import java.util.List;
import java.util.Set;

/**
 * One packet of Socket.IO 5, the content of an Engine.IO message:
 *
 * <pre>
 *   digit [attachments "-"] [namespace ","] [id] [JSON]
 *
 *   0/ns,{"ticket":…}       connect         client; answered 0/ns,{"sid":…} or
 *   4/ns,{"message":…}      connect error   server
 *   1/ns,                   disconnect      either side
 *   2/ns,7["name",…]        event           either side; 7 asks for an acknowledgement
 *   3/ns,7[…]               acknowledgement either side
 *   51-/ns,["x",{"_placeholder":true,"num":0}]  binary event, one attachment follows
 * </pre>
 *
 * The namespace {@code /} is left out.
 *
 * @param namespace without a query
 * @param id of the acknowledgement, {@link #NO_ID} for none
 * @param data the JSON; {@link Json#NULL} for none
 */
public record SocketPacket(Type type, String namespace, long id, Json data) {
    public static final long NO_ID = -1;

    /** Names that a socket uses for itself; a client that sends one is broken or hostile. */
    private static final Set<String> RESERVED_EVENTS =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    private static final int MAX_ID_DIGITS = 15;

    public enum Type {
        CONNECT,
        DISCONNECT,
        EVENT,
        ACK,
        CONNECT_ERROR,
        BINARY_EVENT,
        BINARY_ACK;

        private static final Type[] BY_DIGIT = values();
    }

    /**
     * Reads one packet from the text of an Engine.IO message.
     *
     * @throws WireException with the reason for which it is refused
     */
    public static SocketPacket decode(String text) throws WireException {
        if (text.isEmpty()) {
            throw new WireException(WireException.Reason.EMPTY_PACKET);
        }
        int digit = text.charAt(0) - '0';
        if (digit < 0 || digit >= Type.BY_DIGIT.length) {
            throw new WireException(WireException.Reason.UNKNOWN_TYPE);
        }
        Type type = Type.BY_DIGIT[digit];
        if (type == Type.BINARY_EVENT || type == Type.BINARY_ACK) {
            throw new WireException(WireException.Reason.BINARY_UNSUPPORTED);
        }
        int at = 1;
        String namespace = "/";
        if (at < text.length() && text.charAt(at) == '/') {
            int comma = text.indexOf(',', at);
            if (comma < 0) {
                throw new WireException(WireException.Reason.BAD_NAMESPACE);
            }
            int query = text.indexOf('?', at);
            namespace = text.substring(at, query >= 0 && query < comma ? query : comma);
            if (!namespace.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
                throw new WireException(WireException.Reason.BAD_NAMESPACE);
            }
            at = comma + 1;
        }
        int idStart = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at - idStart > MAX_ID_DIGITS) {
            throw new WireException(WireException.Reason.BAD_ID);
        }
        long id = at == idStart ? NO_ID : Long.parseLong(text, idStart, at, 10);
        Json data = at == text.length() ? Json.NULL : Json.parse(text.substring(at));
        requireShape(type, id, data);
        return new SocketPacket(type, namespace, id, data);
    }

    private static void requireShape(Type type, long id, Json data) throws WireException {
        switch (type) {
            case CONNECT, CONNECT_ERROR -> {
                if (!(data instanceof Json.Obj) && data != Json.NULL) {
                    throw new WireException(WireException.Reason.BAD_JSON);
                }
            }
            case EVENT -> {
                if (!(data instanceof Json.Arr array)
                        || array.values().isEmpty()
                        || !(array.values().getFirst() instanceof Json.Str name)) {
                    throw new WireException(WireException.Reason.BAD_EVENT);
                }
                if (RESERVED_EVENTS.contains(name.value())) {
                    throw new WireException(WireException.Reason.RESERVED_EVENT);
                }
            }
            case ACK -> {
                if (id == NO_ID || !(data instanceof Json.Arr)) {
                    throw new WireException(WireException.Reason.BAD_ID);
                }
            }
            default -> {
                // A DISCONNECT carries nothing; what stands behind it is ignored, as the reference server does.
            }
        }
    }

    /** Of an event: its name. */
    public String eventName() {
        return ((Json.Arr) data).values().getFirst().text("");
    }

    /** Of an event: its arguments, behind the name. Of an acknowledgement use {@link #data}. */
    public List<Json> eventArguments() {
        List<Json> values = ((Json.Arr) data).values();
        return values.subList(1, values.size());
    }

    /** Begins an event packet, Engine.IO's digit included; the caller writes the arguments and {@code endArray()}. */
    public static JsonWriter beginEvent(JsonWriter out, String namespace, String name) {
        return out.clear().raw("42").raw(prefix(namespace)).beginArray().value(name);
    }

    /** Begins an acknowledgement packet, Engine.IO's digit included. */
    public static JsonWriter beginAck(JsonWriter out, String namespace, long id) {
        return out.clear()
                .raw("43")
                .raw(prefix(namespace))
                .raw(Long.toString(id))
                .beginArray();
    }

    /** The answer to an accepted CONNECT, Engine.IO's digit included. */
    public static byte[] connected(String namespace, String sid) {
        JsonWriter out = new JsonWriter().raw("40").raw(prefix(namespace));
        return out.beginObject().name("sid").value(sid).endObject().toBytes();
    }

    /**
     * The answer to a refused CONNECT, Engine.IO's digit included.
     *
     * @param code machine-readable, in {@code data.code}; empty for none
     */
    public static byte[] refused(String namespace, String code, String message) {
        JsonWriter out = new JsonWriter().raw("44").raw(prefix(namespace));
        out.beginObject().name("message").value(message);
        if (!code.isEmpty()) {
            out.name("data").beginObject().name("code").value(code).endObject();
        }
        return out.endObject().toBytes();
    }

    /** The server's word that a client has left a namespace, Engine.IO's digit included. */
    public static byte[] disconnected(String namespace) {
        return new JsonWriter().raw("41").raw(prefix(namespace)).toBytes();
    }

    private static String prefix(String namespace) {
        return namespace.equals("/") ? "" : namespace + ",";
    }
}
