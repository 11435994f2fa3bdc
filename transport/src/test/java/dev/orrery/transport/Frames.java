package dev.orrery.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** WebSocket frames by hand: as a client writes them, and as it inflates the server's. Owned by one thread. */
final class Frames {
    private static final int MAX_INFLATED = 1 << 20;

    private final Inflater inflater = new Inflater(true);
    private int compressed;

    /** A frame, masked with zeros; the first byte is flags and opcode. */
    static byte[] masked(int firstByte, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.length + 14);
        frame.write(firstByte);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else if (payload.length < 65_536) {
            frame.writeBytes(new byte[] {(byte) 0xFE, (byte) (payload.length >> 8), (byte) payload.length});
        } else {
            frame.write(0xFF);
            frame.writeBytes(HexFormat.of().parseHex(String.format("%016x", payload.length)));
        }
        frame.writeBytes(new byte[4]);
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    /** The content of a compressed frame (RFC 7692: the end of each flush is left out). */
    byte[] inflate(byte[] payload) throws IOException {
        compressed++;
        byte[] whole = Arrays.copyOf(payload, payload.length + 4);
        whole[payload.length + 2] = -1;
        whole[payload.length + 3] = -1;
        inflater.setInput(whole);
        byte[] out = new byte[MAX_INFLATED];
        try {
            return Arrays.copyOf(out, inflater.inflate(out));
        } catch (DataFormatException e) {
            throw new IOException(e);
        }
    }

    /** Frames that were inflated. */
    int compressed() {
        return compressed;
    }
}
