package dev.orrery.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BitsTest {
    private static final int[] EDGES = {
        0, 1, 2, 3, 7, 8, 255, 256, 65_535, 1 << 30, Integer.MAX_VALUE, -1, Integer.MIN_VALUE
    };

    private static BitReader reader(BitWriter out) {
        BitReader in = new BitReader();
        in.begin(out.array(), 0, out.byteLength());
        return in;
    }

    @Test
    void shouldPutTheHighestBitFirst() {
        BitWriter out = new BitWriter();
        out.bits(0b101, 3);
        out.bits(0xABC, 12);
        assertThat(Arrays.copyOf(out.array(), out.byteLength())).containsExactly(0b10110101, 0b01111000);
        assertThat(out.length()).isEqualTo(15);
    }

    @Test
    void shouldWriteSmallNumbersInFewBits() {
        BitWriter out = new BitWriter();
        out.golomb(0, 0);
        assertThat(out.length()).isEqualTo(1);
        out.golomb(1, 0);
        assertThat(out.length()).isEqualTo(1 + 3);
        out.golomb(5, 2);
        assertThat(out.length()).isEqualTo(1 + 3 + 5);
        assertThat(Arrays.copyOf(out.array(), out.byteLength())).containsExactly(0b10100100, 0b10000000);
    }

    @Test
    void shouldReadWhatItWrote() throws Exception {
        for (int seed = 0; seed < 500; seed++) {
            BitWriter out = new BitWriter();
            write(new Random(seed), out);
            BitReader in = reader(out);
            read(new Random(seed), in);
            in.requireEnd();
        }
    }

    private static int number(Random random) {
        return random.nextBoolean() ? EDGES[random.nextInt(EDGES.length)] : random.nextInt() >>> random.nextInt(32);
    }

    private static void write(Random random, BitWriter out) {
        for (int i = 0; i < 100; i++) {
            int width = random.nextInt(33);
            int k = random.nextInt(20);
            out.bits(number(random), width);
            out.golomb(number(random), k);
            int distance = number(random);
            out.distance(distance == 0 ? 1 : distance, k);
            out.bit(random.nextBoolean());
            int choices = 1 + random.nextInt(300);
            out.choice(random.nextInt(choices), choices);
        }
    }

    private static void read(Random random, BitReader in) throws BlockException {
        for (int i = 0; i < 100; i++) {
            int width = random.nextInt(33);
            int k = random.nextInt(20);
            int mask = width == 32 ? -1 : (1 << width) - 1;
            assertThat(in.bits(width)).isEqualTo(number(random) & mask);
            assertThat(in.golomb(k)).isEqualTo(number(random));
            int distance = number(random);
            assertThat(in.distance(k)).isEqualTo(distance == 0 ? 1 : distance);
            assertThat(in.bit()).isEqualTo(random.nextBoolean());
            int choices = 1 + random.nextInt(300);
            assertThat(in.choice(choices)).isEqualTo(random.nextInt(choices));
        }
    }

    @Test
    void shouldJoinBits() throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < 500; i++) {
            BitWriter part = new BitWriter();
            write(new Random(i), part);
            BitWriter out = new BitWriter();
            int before = random.nextInt(17);
            int skipped = random.nextInt(40);
            out.bits(0, before);
            out.append(part.array(), skipped, part.length() - skipped);
            BitReader in = reader(out);
            BitReader expected = reader(part);
            assertThat(in.bits(before)).isZero();
            expected.bits(Math.min(32, skipped));
            expected.bits(skipped - Math.min(32, skipped));
            for (int bit = skipped; bit < part.length(); bit++) {
                assertThat(in.bit()).isEqualTo(expected.bit());
            }
        }
    }

    @Test
    void shouldBeEmptyAgainWhenCleared() {
        BitWriter out = new BitWriter();
        out.bits(-1, 32);
        out.clear();
        out.bits(0, 20);
        assertThat(Arrays.copyOf(out.array(), 3)).containsOnly(0);
    }

    @Test
    void shouldRefuseWhatIsMissingAndWhatIsTooMuch() {
        BitReader in = new BitReader();
        in.begin(new byte[2], 0, 2);
        assertThatThrownBy(() -> in.bits(17)).hasMessage(BlockException.Reason.TRUNCATED.sentence());
        in.begin(new byte[2], 0, 2);
        assertThatThrownBy(() -> in.golomb(0)).isInstanceOf(BlockException.class);
        in.begin(new byte[20], 0, 20);
        assertThatThrownBy(() -> in.golomb(3)).hasMessage(BlockException.Reason.BAD_CODE.sentence());
        in.begin(new byte[] {0, 0}, 0, 2);
        assertThatThrownBy(in::requireEnd).hasMessage(BlockException.Reason.LEFTOVER.sentence());
        in.begin(new byte[] {(byte) 0xF0}, 0, 1);
        assertThatThrownBy(() -> in.choice(15)).hasMessage(BlockException.Reason.BAD_CODE.sentence());
    }
}
