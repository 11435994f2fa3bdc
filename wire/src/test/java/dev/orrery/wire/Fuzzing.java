package dev.orrery.wire;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * The short run of a fuzz test, in every build: its seeds, from {@code fuzz/<class>} of the test resources, and the same damaged at
 * random. The long run is Jazzer's, which calls the same {@code fuzzerTestOneInput} and looks where the code branches:
 * {@code ./orrery fuzz}.
 */
public final class Fuzzing {
    private static final long SEED = Long.getLong("orrery.fuzz.seed", 42);
    private static final int MAX_DAMAGES = 4;
    private static final byte[] MARKS = "\"[]{}:,-/\\019.e\u001e\u0000\u007f\r\n".getBytes(StandardCharsets.US_ASCII);
    /** What a decoder takes before it has read anything: buffers of Jackson above all. */
    private static final long BASE_BYTES = 1L << 18;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Fuzzing() {}

    /** Something that must bear any bytes. */
    @FunctionalInterface
    public interface Target {
        void take(byte[] input) throws Exception;
    }

    /**
     * Gives the target its seeds, and then as many damaged ones.
     *
     * @throws AssertionError with the input, if the target throws
     */
    public static void run(Class<?> test, int count, Target target) throws IOException {
        List<byte[]> seeds = seeds(test);
        seeds.forEach(seed -> take(target, seed, "a seed"));
        for (int i = 0; i < count; i++) {
            SplittableRandom random = new SplittableRandom(SEED * 31 + i);
            take(target, damaged(seeds, random), "number " + i + " of seed " + SEED);
        }
    }

    /**
     * Runs a decoder, and checks that what it allocates is bounded by what it was given: nothing is sized by a count that the input only
     * announces.
     */
    public static void bounded(int inputBytes, int bytesForEach, Runnable decoding) {
        long bound = BASE_BYTES + (long) inputBytes * bytesForEach;
        long allocated = allocated(decoding);
        if (allocated > bound) {
            allocated = allocated(decoding); // the first time, classes may have been loaded
        }
        if (allocated > bound) {
            throw new AssertionError(inputBytes + " bytes made the decoder allocate " + allocated);
        }
    }

    private static long allocated(Runnable decoding) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        decoding.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static void take(Target target, byte[] input, String origin) {
        try {
            target.take(input);
        } catch (Throwable e) {
            String text = new String(input, StandardCharsets.ISO_8859_1);
            throw new AssertionError(origin + ": " + new Json.Str(text).toText(), e);
        }
    }

    private static List<byte[]> seeds(Class<?> test) throws IOException {
        URL folder = Objects.requireNonNull(test.getResource("/fuzz/" + test.getSimpleName()), "the test has no seeds");
        List<byte[]> seeds = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            for (Path file : files.sorted().toList()) {
                seeds.add(Files.readAllBytes(file));
            }
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
        return seeds;
    }

    private static byte[] damaged(List<byte[]> seeds, SplittableRandom random) {
        byte[] input = seeds.get(random.nextInt(seeds.size()));
        for (int i = 1 + random.nextInt(MAX_DAMAGES); i > 0; i--) {
            int from = random.nextInt(input.length + 1);
            int to = Math.min(input.length, from + random.nextInt(random.nextInt(4) == 0 ? 64 : 3));
            byte[] middle = Arrays.copyOfRange(input, from, to);
            byte[] other = seeds.get(random.nextInt(seeds.size()));
            byte[] instead = switch (random.nextInt(6)) {
                case 0 -> new byte[0];
                case 1 -> new byte[] {(byte) random.nextInt()};
                case 2 -> new byte[] {MARKS[random.nextInt(MARKS.length)]};
                case 3 -> repeated(middle, 1 + random.nextInt(100));
                case 4 -> Arrays.copyOfRange(other, random.nextInt(other.length + 1), other.length);
                default -> flipped(middle, random);
            };
            input = joined(input, from, instead, to);
        }
        return input;
    }

    private static byte[] flipped(byte[] bytes, SplittableRandom random) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private static byte[] repeated(byte[] bytes, int times) {
        byte[] repeated = new byte[bytes.length * times];
        for (int i = 0; i < repeated.length; i++) {
            repeated[i] = bytes[i % bytes.length];
        }
        return repeated;
    }

    private static byte[] joined(byte[] input, int from, byte[] instead, int to) {
        byte[] joined = Arrays.copyOf(input, from + instead.length + input.length - to);
        System.arraycopy(instead, 0, joined, from, instead.length);
        System.arraycopy(input, to, joined, from + instead.length, input.length - to);
        return joined;
    }
}
