package dev.orrery.transport;

import dev.orrery.wire.WireException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text in bytes that came from outside. */
final class Utf8 {
    private Utf8() {}

    /** @throws WireException if the bytes are not UTF-8 */
    static String strict(byte[] bytes) throws WireException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new WireException(WireException.Reason.BAD_JSON);
        }
    }
}
