package dev.orrery.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * One packet of the server, ready to be sent: encoded and framed once, however many connections send it.
 *
 * <pre>
 *   on WebSocket (RFC 6455, 5.2: final, unmasked), one frame for the text and one for each attachment:
 *     81 length  text           length: one byte to 125;  7E and 2 bytes to 65,535;  7F and 8 bytes beyond
 *     82 length  attachment
 *     C1 and C2 for deflated content, where permessage-deflate was agreed upon without context takeover (RFC 7692)
 *   on polling, joined to other packets by 1E:
 *     text 1E b Base64 1E b Base64 …
 * </pre>
 *
 * Immutable, but the arrays it hands out are its own and must not be changed. May be used by any thread. Only {@link BinaryPacket} is
 * neither.
 */
public sealed class EncodedPacket permits BinaryPacket {
    public static final byte SEPARATOR = 0x1E;

    private static final int TEXT = 0x81;
    static final int BINARY = 0x82;
    private static final int DEFLATED = 0x40;
    /** Below it deflating costs more than it saves. */
    private static final int MIN_DEFLATED_BYTES = 256;

    private static final int DEFLATE_SLACK_BYTES = 64;
    private static final int DEFLATE_TAIL_BYTES = 4;
    private static final int MAX_SHORT = 125;
    private static final int MAX_MEDIUM = 65_535;

    private final byte[] frames;
    /** Made when they are first asked for, by several threads at worst, who make the same. */
    private volatile byte @Nullable [] payload;

    private volatile byte @Nullable [] deflated;

    EncodedPacket(byte[] frames) {
        this.frames = frames;
    }

    /** A packet of text alone, Engine.IO's digit included. */
    public static EncodedPacket text(String packet) {
        byte[] text = packet.getBytes(StandardCharsets.UTF_8);
        return new EncodedPacket(frame(TEXT, text));
    }

    /** A message of bytes alone, as Engine.IO knows it. */
    public static EncodedPacket binary(byte[] message) {
        return new EncodedPacket(frame(BINARY, message));
    }

    /** What the writer holds, and behind it the writer's attachments. */
    public static EncodedPacket of(JsonWriter text) {
        return of("", text);
    }

    /** The same behind a prefix, which often is known only when the text is written. */
    static EncodedPacket of(String prefix, JsonWriter text) {
        final byte[] before = prefix.getBytes(StandardCharsets.UTF_8);
        final int textBytes = before.length + text.length();
        final List<byte[]> attachments = text.attachments();
        int total = headerBytes(textBytes) + textBytes;
        for (byte[] attachment : attachments) {
            total += headerBytes(attachment.length) + attachment.length;
        }
        final byte[] frames = new byte[total];
        int at = header(frames, 0, TEXT, textBytes);
        System.arraycopy(before, 0, frames, at, before.length);
        at += before.length;
        text.copyTo(frames, at);
        at += text.length();
        for (byte[] attachment : attachments) {
            at = header(frames, at, BINARY, attachment.length);
            System.arraycopy(attachment, 0, frames, at, attachment.length);
            at += attachment.length;
        }
        return new EncodedPacket(frames);
    }

    /** Whole WebSocket frames, one after the other, in the first {@link #size} bytes. */
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

    /** The same WebSocket frames, those that it makes smaller deflated. */
    public byte[] deflatedFrames() {
        byte[] known = deflated;
        if (known == null) {
            known = deflate();
            deflated = known;
        }
        return known;
    }

    /** Gives the content of each WebSocket frame to the visitor. */
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
        final List<byte[]> parts = new ArrayList<>();
        forEachFrame((binary, array, offset, length) -> {
            byte[] content = Arrays.copyOfRange(array, offset, offset + length);
            parts.add(binary ? Base64.getEncoder().encode(content) : content);
        });
        int total = -1;
        for (byte[] part : parts) {
            total += part.length + 2; // a separator before all but the first, and b before Base64
        }
        final byte[] joined = new byte[total];
        int at = 0;
        int frame = 0;
        for (byte[] part : parts) {
            if (at > 0) {
                joined[at++] = SEPARATOR;
            }
            if (isBinary(frame)) {
                joined[at++] = 'b';
            }
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
            frame = end(frame);
        }
        return at == total ? joined : Arrays.copyOf(joined, at);
    }

    private byte[] deflate() {
        final List<byte[]> parts = new ArrayList<>();
        forEachFrame((binary, array, offset, length) -> {
            final byte[] content = Arrays.copyOfRange(array, offset, offset + length);
            final byte[] smaller = length < MIN_DEFLATED_BYTES ? content : deflate(content);
            final int opcode = binary ? BINARY : TEXT;
            parts.add(smaller.length < length ? frame(opcode | DEFLATED, smaller) : frame(opcode, content));
        });
        int total = 0;
        for (byte[] part : parts) {
            total += part.length;
        }
        final byte[] all = new byte[total];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    /** Without the four bytes with which a flush ends: the receiver adds them (RFC 7692, 7.2.1). */
    private static byte[] deflate(byte[] content) {
        final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(content);
            final byte[] target = new byte[content.length + DEFLATE_SLACK_BYTES];
            final int length = deflater.deflate(target, 0, target.length, Deflater.SYNC_FLUSH);
            return length == target.length ? content : Arrays.copyOf(target, length - DEFLATE_TAIL_BYTES);
        } finally {
            deflater.end();
        }
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

    static int headerBytes(int length) {
        return length <= MAX_SHORT ? 2 : length <= MAX_MEDIUM ? 4 : 10;
    }

    /** Writes the header of a frame; returns where its content begins. */
    static int header(byte[] target, int offset, int opcode, int length) {
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
