package dev.orrery.wire;

import java.util.Arrays;

/**
 * A message of bytes that is filled anew for each time it is sent: for who sends often, and has nothing to share. It must not be filled
 * while it waits to be written. Owned by the connection's thread.
 *
 * <pre>
 *   FREE      may be filled, and queued once      → WAITING when it is queued
 *   WAITING   must not be changed                 → FREE when its bytes have been copied, or it is dropped
 * </pre>
 */
public final class BinaryPacket extends EncodedPacket {
    private static final int FIRST_BYTES = 64;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int size;
    private boolean waiting;

    public BinaryPacket() {
        super(new byte[0]);
    }

    /** Whether it may be filled. */
    public boolean isFree() {
        return !waiting;
    }

    /** Takes a copy of the content. */
    public void fill(byte[] content, int length) {
        if (waiting) {
            throw new IllegalStateException("a packet that waits to be written must not be changed");
        }
        size = headerBytes(length) + length;
        if (size > bytes.length) {
            bytes = new byte[Math.max(size, 2 * bytes.length)];
        }
        System.arraycopy(content, 0, bytes, header(bytes, 0, BINARY, length), length);
    }

    /** It waits to be written. */
    public void queued() {
        waiting = true;
    }

    /** Its bytes have been copied to where they are written from, or it was dropped. */
    public void released() {
        waiting = false;
    }

    @Override
    public byte[] frames() {
        return bytes;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public byte[] payload() {
        return snapshot().payload();
    }

    @Override
    public byte[] deflatedFrames() {
        return snapshot().deflatedFrames();
    }

    @Override
    public void forEachFrame(FrameVisitor visitor) {
        snapshot().forEachFrame(visitor);
    }

    @Override
    public String text() {
        return "";
    }

    /** Slow paths, polling and deflating, work on a packet of their own. */
    private EncodedPacket snapshot() {
        return new EncodedPacket(Arrays.copyOf(bytes, size));
    }
}
