package dev.orrery.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;

/** A connection without a socket: what is written to it arrives in pieces, and at its end no buffer may be left. */
final class Wire extends EmbeddedChannel {
    private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.1", 40_000);

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    private final ByteArrayOutputStream answers = new ByteArrayOutputStream();

    Wire() {
        config().setAllocator(allocator);
    }

    @Override
    protected SocketAddress remoteAddress0() {
        return CLIENT;
    }

    /** Sends bytes in pieces of a length; what has been answered is kept. */
    void send(byte[] bytes, int pieceBytes) {
        for (int at = 0; at < bytes.length && isOpen(); at += pieceBytes) {
            byte[] piece = Arrays.copyOfRange(bytes, at, Math.min(at + pieceBytes, bytes.length));
            writeInbound(allocator.buffer(piece.length).writeBytes(piece));
            runPendingTasks();
            keepAnswers();
        }
    }

    /** All that was answered. */
    byte[] answers() {
        return answers.toByteArray();
    }

    /** Ends the connection. */
    void end() {
        finish();
        runPendingTasks();
        keepAnswers();
        releaseInbound();
        long left = allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
        if (left != 0) {
            throw new AssertionError(left + " bytes of buffers were not released");
        }
    }

    private void keepAnswers() {
        for (ByteBuf answer = readOutbound(); answer != null; answer = readOutbound()) {
            byte[] bytes = new byte[answer.readableBytes()];
            answer.readBytes(bytes).release();
            answers.writeBytes(bytes);
        }
    }
}
