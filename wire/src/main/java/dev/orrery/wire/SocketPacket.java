package dev.orrery.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

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
 *   61-/ns,7[{"_placeholder":true,"num":0}]     binary acknowledgement, likewise
 * </pre>
 *
 * The namespace {@code /} is left out. A binary packet that was read whole is an event or acknowledgement like any other, with
 * {@link Json.Bin} where the placeholders stood.
 *
 * @param id of the acknowledgement, {@link #NO_ID} for none
 * @param data the JSON; {@link Json#NULL} for none
 */
public record SocketPacket(Type type, String namespace, long id, Json data) {
    public static final long NO_ID = -1;

    /** In the order of their digits. */
    public enum Type {
        CONNECT,
        DISCONNECT,
        EVENT,
        ACK,
        CONNECT_ERROR
    }

    /** Of an event: its name. */
    public String eventName() {
        Json name = ((Json.Arr) data).values().getFirst();
        return name instanceof Json.Str text ? text.value() : name.toText();
    }

    /** Of an event: its arguments, behind the name. Of an acknowledgement: its values. */
    public List<Json> arguments() {
        List<Json> values = ((Json.Arr) data).values();
        return type == Type.EVENT ? values.subList(1, values.size()) : values;
    }

    /**
     * Encodes an event.
     *
     * @param id under which the client is to acknowledge it, or {@link #NO_ID}
     * @param arguments what {@link JsonWriter#any} takes
     */
    public static EncodedPacket event(String namespace, String name, long id, @Nullable Object... arguments) {
        JsonWriter body = new JsonWriter().beginArray().value(name);
        for (Object argument : arguments) {
            body.any(argument);
        }
        return withAttachments('2', '5', namespace, id, body.endArray());
    }

    /** Encodes an acknowledgement of the values. */
    public static EncodedPacket ack(String namespace, long id, @Nullable Object... values) {
        JsonWriter body = new JsonWriter().beginArray();
        for (Object value : values) {
            body.any(value);
        }
        return withAttachments('3', '6', namespace, id, body.endArray());
    }

    /**
     * Begins an event without attachments; the caller writes the arguments and {@code endArray()}, and
     * {@link EncodedPacket#of(JsonWriter)} makes the packet.
     */
    public static JsonWriter beginEvent(JsonWriter out, String namespace, String name) {
        return out.clear().raw("42").raw(prefix(namespace)).beginArray().value(name);
    }

    /** The answer to an accepted CONNECT. */
    public static EncodedPacket connected(String namespace, String sid) {
        JsonWriter out = new JsonWriter().raw("40").raw(prefix(namespace));
        return EncodedPacket.of(out.beginObject().name("sid").value(sid).endObject());
    }

    /**
     * The answer to a refused CONNECT.
     *
     * @param code machine-readable, in {@code data.code}; empty for none
     */
    public static EncodedPacket refused(String namespace, String code, String message) {
        JsonWriter out = new JsonWriter().raw("44").raw(prefix(namespace));
        out.beginObject().name("message").value(message);
        if (!code.isEmpty()) {
            out.name("data").beginObject().name("code").value(code).endObject();
        }
        return EncodedPacket.of(out.endObject());
    }

    /** The server's word that a client has left a namespace. */
    public static EncodedPacket disconnected(String namespace) {
        return EncodedPacket.of(new JsonWriter().raw("41").raw(prefix(namespace)));
    }

    private static EncodedPacket withAttachments(
            char textDigit, char binaryDigit, String namespace, long id, JsonWriter body) {
        StringBuilder prefix = new StringBuilder("4");
        int attachments = body.attachments().size();
        if (attachments == 0) {
            prefix.append(textDigit);
        } else {
            prefix.append(binaryDigit).append(attachments).append('-');
        }
        prefix.append(prefix(namespace));
        if (id != NO_ID) {
            prefix.append(id);
        }
        return EncodedPacket.of(prefix.toString(), body);
    }

    private static String prefix(String namespace) {
        return namespace.equals("/") ? "" : namespace + ",";
    }
}
