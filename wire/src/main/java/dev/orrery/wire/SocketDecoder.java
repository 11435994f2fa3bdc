package dev.orrery.wire;

import dev.orrery.wire.WireException.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the Socket.IO packets of one client. A packet with attachments is complete only when the last has come; nothing is
 * allocated for those that were merely announced. Owned by the connection's thread.
 */
public final class SocketDecoder {
    /** Names that a socket uses for itself; a client that sends one is broken or hostile. */
    private static final Set<String> RESERVED_EVENTS =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    private static final int MAX_ID_DIGITS = 15;
    private static final int MAX_COUNT_DIGITS = 9;
    private static final int BINARY_EVENT = 5;
    private static final int BINARY_ACK = 6;
    private static final SocketPacket.Type[] TYPES = SocketPacket.Type.values();

    private final PacketLimits limits;
    private @Nullable Unfinished unfinished;
    private String recentNamespace = "/";

    public SocketDecoder(PacketLimits limits) {
        this.limits = limits;
    }

    /**
     * The text of an Engine.IO message.
     *
     * @return the packet; null if attachments of it are still to come
     * @throws WireException with the reason for which it is refused
     */
    public @Nullable SocketPacket text(String text) throws WireException {
        if (unfinished != null) {
            throw new WireException(Reason.UNEXPECTED_TEXT);
        }
        if (text.isEmpty()) {
            throw new WireException(Reason.EMPTY_PACKET);
        }
        final int digit = text.charAt(0) - '0';
        if (digit < 0 || digit > BINARY_ACK) {
            throw new WireException(Reason.UNKNOWN_TYPE);
        }
        final boolean binary = digit == BINARY_EVENT || digit == BINARY_ACK;
        final SocketPacket.Type type = switch (digit) {
            case BINARY_EVENT -> SocketPacket.Type.EVENT;
            case BINARY_ACK -> SocketPacket.Type.ACK;
            default -> TYPES[digit];
        };
        int at = 1;
        int attachments = 0;
        if (binary) {
            final int dash = digitsEnd(text, at, MAX_COUNT_DIGITS, Reason.TOO_MANY_ATTACHMENTS);
            if (dash == at || dash == text.length() || text.charAt(dash) != '-') {
                throw new WireException(Reason.BAD_ATTACHMENTS);
            }
            attachments = Integer.parseInt(text, at, dash, 10);
            if (attachments == 0) {
                throw new WireException(Reason.BAD_ATTACHMENTS);
            }
            if (attachments > limits.maxAttachments()) {
                throw new WireException(Reason.TOO_MANY_ATTACHMENTS);
            }
            at = dash + 1;
        }
        String namespace = "/";
        if (at < text.length() && text.charAt(at) == '/') {
            final int comma = text.indexOf(',', at);
            final int end = comma < 0 ? text.length() : comma;
            namespace = namespace(text, at, end);
            at = Math.min(end + 1, text.length());
        }
        final int idEnd = digitsEnd(text, at, MAX_ID_DIGITS, Reason.BAD_ID);
        final long id = idEnd == at ? SocketPacket.NO_ID : Long.parseLong(text, at, idEnd, 10);
        final Json data = idEnd == text.length() ? Json.NULL : json(text, idEnd);
        requireShape(type, id, data, idEnd == text.length());
        final SocketPacket packet = new SocketPacket(type, namespace, id, data);
        if (attachments > 0) {
            unfinished = new Unfinished(packet, attachments, text.length());
            return null;
        }
        return packet;
    }

    /**
     * A binary Engine.IO message: the next attachment.
     *
     * @param bytes kept as part of the packet, so it must not change
     * @return the packet; null if further attachments are to come
     * @throws WireException {@code UNEXPECTED_BINARY}, {@code TOO_LARGE} or {@code BAD_ATTACHMENTS}
     */
    public @Nullable SocketPacket binary(byte[] bytes) throws WireException {
        final Unfinished waiting = unfinished;
        if (waiting == null) {
            throw new WireException(Reason.UNEXPECTED_BINARY);
        }
        if (bytes.length > limits.maxBytes() - waiting.bytes) {
            throw new WireException(Reason.TOO_LARGE);
        }
        waiting.bytes += bytes.length;
        waiting.attachments.add(new Json.Bin(bytes));
        if (waiting.attachments.size() < waiting.expected) {
            return null;
        }
        unfinished = null;
        return joined(waiting.packet, waiting.attachments);
    }

    private String namespace(String text, int from, int to) throws WireException {
        if (to - from == recentNamespace.length() && text.startsWith(recentNamespace, from)) {
            return recentNamespace; // nearly always: and it was found right before
        }
        if (to - from > limits.maxNamespaceLength()) {
            throw new WireException(Reason.BAD_NAMESPACE);
        }
        for (int i = from; i < to; i++) {
            if (Character.isISOControl(text.charAt(i))) {
                throw new WireException(Reason.BAD_NAMESPACE);
            }
        }
        recentNamespace = text.substring(from, to);
        return recentNamespace;
    }

    /** JSON that begins at once: white space before it would be an acknowledgement id to the official parser. */
    private Json json(String text, int from) throws WireException {
        if (text.charAt(from) <= ' ') {
            throw new WireException(Reason.BAD_JSON);
        }
        return Json.parse(text.substring(from), limits.maxDepth());
    }

    private static int digitsEnd(String text, int from, int maxDigits, Reason tooMany) throws WireException {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at - from > maxDigits) {
            throw new WireException(tooMany);
        }
        return at;
    }

    private static void requireShape(SocketPacket.Type type, long id, Json data, boolean absent) throws WireException {
        switch (type) {
            case CONNECT -> {
                if (!(data instanceof Json.Obj) && !absent) {
                    throw new WireException(Reason.BAD_JSON);
                }
            }
            case CONNECT_ERROR -> {
                if (!(data instanceof Json.Obj)) {
                    throw new WireException(Reason.BAD_JSON);
                }
            }
            case DISCONNECT -> {
                if (!absent) {
                    throw new WireException(Reason.BAD_JSON);
                }
            }
            case EVENT -> {
                if (!(data instanceof Json.Arr array)
                        || array.values().isEmpty()
                        || !(array.values().getFirst() instanceof Json.Str
                                || array.values().getFirst() instanceof Json.Num)) {
                    throw new WireException(Reason.BAD_EVENT);
                }
                if (array.values().getFirst() instanceof Json.Str name && RESERVED_EVENTS.contains(name.value())) {
                    throw new WireException(Reason.RESERVED_EVENT);
                }
            }
            case ACK -> {
                if (!(data instanceof Json.Arr)) {
                    throw new WireException(Reason.BAD_EVENT);
                }
                if (id == SocketPacket.NO_ID) {
                    throw new WireException(Reason.BAD_ID);
                }
            }
        }
    }

    private static SocketPacket joined(SocketPacket packet, List<Json.Bin> attachments) throws WireException {
        Json data = filled(packet.data(), attachments, new boolean[attachments.size()]);
        return new SocketPacket(packet.type(), packet.namespace(), packet.id(), data);
    }

    /**
     * The value with attachments in place of its placeholders. Its depth was bounded when it was read. Each attachment may
     * stand in one place only: a small packet could otherwise become a huge one when it is sent on.
     */
    private static Json filled(Json value, List<Json.Bin> attachments, boolean[] used) throws WireException {
        switch (value) {
            case Json.Arr array -> {
                List<Json> values = new ArrayList<>(array.values().size());
                for (Json element : array.values()) {
                    values.add(filled(element, attachments, used));
                }
                return new Json.Arr(values);
            }
            case Json.Obj object -> {
                if (object.get("_placeholder") instanceof Json.Bool flag && flag.value()) {
                    final double index = object.get("num").number(-1);
                    if (!(index >= 0 && index < used.length) || index != Math.floor(index) || used[(int) index]) {
                        throw new WireException(Reason.BAD_ATTACHMENTS);
                    }
                    used[(int) index] = true;
                    return attachments.get((int) index);
                }
                Map<String, Json> members = new LinkedHashMap<>();
                for (Map.Entry<String, Json> member : object.members().entrySet()) {
                    members.put(member.getKey(), filled(member.getValue(), attachments, used));
                }
                return new Json.Obj(members);
            }
            default -> {
                return value;
            }
        }
    }

    /** A packet some of whose attachments are still to come. */
    private static final class Unfinished {
        private final SocketPacket packet;
        private final int expected;
        private final List<Json.Bin> attachments = new ArrayList<>(1);
        private long bytes;

        private Unfinished(SocketPacket packet, int expected, int textLength) {
            this.packet = packet;
            this.expected = expected;
            this.bytes = textLength;
        }
    }
}
