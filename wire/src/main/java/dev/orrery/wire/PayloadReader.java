package dev.orrery.wire;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Reads the packets of one polling request, one after the other, so that a wrong one costs nothing beyond itself:
 *
 * <pre>
 *   4hello 1E bAQID 1E 2
 * </pre>
 *
 * Owned by one thread.
 */
public final class PayloadReader {
    private final String body;
    private int at;

    /** @param body a request's body; bounded by whoever read it */
    public PayloadReader(String body) {
        this.body = body;
    }

    /**
     * The next packet; null behind the last.
     *
     * @throws WireException {@code EMPTY_PACKET}, {@code UNKNOWN_TYPE} or {@code BAD_BASE64}
     */
    public @Nullable EnginePacket next() throws WireException {
        if (at > body.length()) {
            return null;
        }
        int separator = body.indexOf(EncodedPacket.SEPARATOR, at);
        int end = separator < 0 ? body.length() : separator;
        int start = at;
        at = end + 1;
        if (start < end && body.charAt(start) == 'b') {
            return EnginePacket.ofBinary(base64(body.substring(start + 1, end)));
        }
        return EnginePacket.decode(body.substring(start, end));
    }

    /** The official Java client breaks its Base64 into lines. */
    private static byte[] base64(String text) throws WireException {
        String joined = text.indexOf('\n') < 0 ? text : text.replace("\r", "").replace("\n", "");
        try {
            return Base64.getDecoder().decode(joined);
        } catch (IllegalArgumentException e) {
            throw new WireException(WireException.Reason.BAD_BASE64);
        }
    }
}
