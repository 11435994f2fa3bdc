package dev.orrery.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One packet of the server, ready to be sent: encoded and framed once, however many connections send it.
 *
 * <pre>
 *   on WebSocket (RFC 6455, 5.2: final, unmasked), one frame for the text and one for each attachment:
 *     81 length  text           length: one byte to 125;  7E and 2 bytes to 65,535;  7F and 8 bytes beyond
 *     82 length  attachment
 *   on polling, joined to other packets by 1E:
 *     text 1E b Base64 1E b Base64 …
 * </pre>
 *
 * Immutable, but the arrays it hands out are its own and must not be changed. May be used by any thread.
 */
public final class EncodedPacket {
    public static final byte SEPARATOR = 0x1E;

    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;
    private static final int MAX_SHORT = 125;
    private static final int MAX_MEDIUM = 65_535;
    private static final byte[] NOTHING = {};

    private final byte[] frames;
    private final boolean single;
    /** Made when it is first asked for; whoever makes it makes the same, so a race does no harm. */
    private byte @Nullable [] payload;

    private EncodedPacket(byte[] frames, boolean single) {
        this.frames = frames;
        this.single = single;
    }

    /** A packet of text alone, Engine.IO's digit included. */
    public static EncodedPacket text(String packet) {
        byte[] text = packet.getBytes(StandardCharsets.UTF_8);
        return new EncodedPacket(frame(TEXT, text), true);
    }

    /** A message of bytes alone, as Engine.IO knows it. */
    public static EncodedPacket binary(byte[] message) {
        return new EncodedPacket(frame(BINARY, message), true);
    }

    /** What the writer holds, and behind it the writer's attachments. */
    public static EncodedPacket of(JsonWriter text) {
        return of("", text);
    }

    /** The same behind a prefix, which often is known only when the text is written. */
    static EncodedPacket of(String prefix, JsonWriter text) {
        final byte[] prefixBytes = prefix.getBytes(StandardCharsets.UTF_8);
        final int textBytes = prefixBytes.length + text.length();
        final List<byte[]> attachments = text.attachments();
        int total = headerBytes(textBytes) + textBytes;
        for (byte[] attachment : attachments) {
            total += headerBytes(attachment.length) + attachment.length;
        }
        final byte[] frames = new byte[total];
        int at = header(frames, 0, TEXT, textBytes);
        System.arraycopy(prefixBytes, 0, frames, at, prefixBytes.length);
        at += prefixBytes.length;
        text.copyTo(frames, at);
        at += text.length();
        for (byte[] attachment : attachments) {
            at = header(frames, at, BINARY, attachment.length);
            System.arraycopy(attachment, 0, frames, at, attachment.length);
            at += attachment.length;
        }
        return new EncodedPacket(frames, attachments.isEmpty());
    }

    /** Whole WebSocket frames, one after the other. */
    public byte[] frames() {
        return frames;
    }

    /** What it takes of a queue, in bytes. */
    public int size() {
        return frames.length;
    }

    /** As it stands in the body of a polling response. */
    public byte[] payload() {
        byte[] known = payload;
        if (known == null) {
            known = toPayload();
            payload = known;
        }
        return known;
    }

    /** Gives each WebSocket frame's content to the visitor, for connections that frame for themselves (compression). */
    public void forEachFrame(FrameVisitor visitor) {
        for (int at = 0; at < frames.length; at = end(at)) {
            final int start = start(at);
            visitor.frame(isBinary(at), frames, start, end(at) - start);
        }
    }

    /** The text of the packet, without its attachments; for tests and logs. */
    public String text() {
        final int start = start(0);
        return isBinary(0) ? "" : new String(frames, start, end(0) - start, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "EncodedPacket[size=" + frames.length + ", text=" + text() + "]";
    }

    /** Takes the content of one frame. */
    @FunctionalInterface
    public interface FrameVisitor {
        void frame(boolean binary, byte[] array, int offset, int length);
    }

    private byte[] toPayload() {
        if (single && !isBinary(0)) {
            return Arrays.copyOfRange(frames, start(0), frames.length);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(frames.length * 3 / 2);
        forEachFrame((binary, array, offset, length) -> {
            if (out.size() > 0) {
                out.write(SEPARATOR);
            }
            if (binary) {
                out.write('b');
                byte[] bytes = Arrays.copyOfRange(array, offset, offset + length);
                out.writeBytes(Base64.getEncoder().encode(bytes));
            } else {
                out.write(array, offset, length);
            }
        });
        return out.size() == 0 ? NOTHING : out.toByteArray();
    }

    private boolean isBinary(int at) {
        return (frames[at] & 0xFF) == BINARY;
    }

    /** Where the content of the frame at {@code at} begins. */
    private int start(int at) {
        final int length = frames[at + 1];
        return at + (length <= MAX_SHORT ? 2 : length == MAX_SHORT + 1 ? 4 : 10);
    }

    /** Where the frame at {@code at} ends. */
    private int end(int at) {
        final int start = start(at);
        if (start - at == 2) {
            return start + frames[at + 1];
        }
        int length = 0;
        for (int i = at + 2; i < start; i++) {
            length = length << 8 | frames[i] & 0xFF;
        }
        return start + length;
    }

    private static byte[] frame(int opcode, byte[] content) {
        final byte[] frame = new byte[headerBytes(content.length) + content.length];
        System.arraycopy(content, 0, frame, header(frame, 0, opcode, content.length), content.length);
        return frame;
    }

    private static int headerBytes(int length) {
        return length <= MAX_SHORT ? 2 : length <= MAX_MEDIUM ? 4 : 10;
    }

    /** Writes the header of a frame; returns where its content begins. */
    private static int header(byte[] target, int offset, int opcode, int length) {
        int at = offset;
        target[at++] = (byte) opcode;
        if (length <= MAX_SHORT) {
            target[at++] = (byte) length;
            return at;
        }
        final int lengthBytes = length <= MAX_MEDIUM ? 2 : 8;
        target[at++] = (byte) (length <= MAX_MEDIUM ? MAX_SHORT + 1 : MAX_SHORT + 2);
        for (int i = lengthBytes - 1; i >= 0; i--) {
            target[at++] = (byte) ((long) length >> 8 * i);
        }
        return at;
    }
}
