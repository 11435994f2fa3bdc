package dev.orrery.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SpareBufferTest {
    private final SpareBuffer spare = new SpareBuffer(64);

    @AfterEach
    void close() {
        spare.close();
    }

    @Test
    void shouldServeOneAfterTheOther() {
        ByteBuf first = spare.take();
        first.writeInt(7);
        first.release();
        ByteBuf second = spare.take();
        assertThat(second).isSameAs(first);
        assertThat(second.readableBytes()).isZero();
        second.release();
    }

    @Test
    void shouldLeaveABufferToWhoKeepsIt() {
        ByteBuf kept = spare.take();
        kept.writeInt(7);
        ByteBuf other = spare.take();
        other.writeInt(8);
        assertThat(kept.readInt()).isEqualTo(7);
        kept.release();
        assertThat(kept.refCnt()).isZero();
        other.release();
        assertThat(other.refCnt()).isEqualTo(1);
    }

    /** HTTP's decoder keeps what is not whole yet: as little as came. */
    @Test
    void shouldReadIntoTheSpareOneOnlyWhenNobodyKeepsWhatIsRead() {
        ReadBuffers buffers = new ReadBuffers(spare);
        RecvByteBufAllocator.Handle reads = buffers.newHandle();
        ByteBuf own = reads.allocate(UnpooledByteBufAllocator.DEFAULT);
        buffers.share();
        ByteBuf shared = reads.allocate(UnpooledByteBufAllocator.DEFAULT);
        assertThat(own.capacity()).isNotEqualTo(64);
        assertThat(shared.capacity()).isEqualTo(64);
        own.release();
        shared.release();
        assertThat(own.refCnt()).isZero();
        assertThat(shared.refCnt()).isEqualTo(1);
    }
}
