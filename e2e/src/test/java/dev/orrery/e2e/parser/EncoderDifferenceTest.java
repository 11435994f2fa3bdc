package dev.orrery.e2e.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.wire.EncodedPacket;
import dev.orrery.wire.Json;
import dev.orrery.wire.JsonWriter;
import dev.orrery.wire.SocketPacket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the server writes, framed for WebSocket and for polling, the official client reads as what was meant. */
final class EncoderDifferenceTest {
    private static final int COUNT = Integer.getInteger("orrery.parser.count", 5_000);
    private static final long SEED = Long.getLong("orrery.parser.seed", 42);
    private static final List<String> NAMESPACES = List.of("/", "/a", "/ä 日本/c", "/😀?x=1");
    private static final List<Object> SCALARS = List.of(
            true,
            false,
            0,
            -1,
            Long.MAX_VALUE,
            1.5,
            -0.0,
            1e21,
            1e-7,
            Double.MIN_VALUE,
            0.1f,
            Double.NaN,
            "",
            "a\"\\/\b\f\n\r\t\u0000\u001f",
            "é日😀\u2028\u007f",
            "\ud83d",
            "\ude00x");

    private final List<Json> lines = new ArrayList<>();
    private final List<Json> meant = new ArrayList<>();

    @Test
    void shouldWriteWhatTheOfficialParserReads() throws Exception {
        for (int i = 0; i < COUNT; i++) {
            write(new SplittableRandom(SEED * 31 + i));
        }
        List<Json> answers = OfficialParser.ask(lines);
        for (int i = 0; i < lines.size(); i++) {
            Outcome official = Outcome.ofLine(answers.get(i));
            assertThat(official.packets())
                    .as("number %d of seed %d, %s", i / 2, SEED, lines.get(i))
                    .containsExactly(meant.get(i / 2));
            assertThat(official.end()).isEqualTo("idle");
        }
    }

    private void write(SplittableRandom random) {
        String namespace = NAMESPACES.get(random.nextInt(NAMESPACES.size()));
        long number = random.nextInt(4) == 0 ? random.nextLong(1L << 53) : random.nextInt(1_000);
        @Nullable Object[] values = new Object[random.nextInt(4)];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(random, 3);
        }
        String name = "n" + SCALARS.get(14 + random.nextInt(3));
        Json event = new Json.Arr(List.of(new Json.Str(name)));
        switch (random.nextInt(7)) {
            case 0 ->
                add(
                        SocketPacket.event(namespace, name, number, values),
                        SocketPacket.Type.EVENT,
                        namespace,
                        number,
                        join(event, values));
            case 1, 2 ->
                add(
                        SocketPacket.event(namespace, name, SocketPacket.NO_ID, values),
                        SocketPacket.Type.EVENT,
                        namespace,
                        null,
                        join(event, values));
            case 3 ->
                add(
                        SocketPacket.ack(namespace, number, values),
                        SocketPacket.Type.ACK,
                        namespace,
                        number,
                        join(new Json.Arr(List.of()), values));
            case 4 -> {
                JsonWriter out = SocketPacket.beginEvent(new JsonWriter(), namespace, name);
                // Such an event has no attachments.
                add(
                        EncodedPacket.of(out.any(name).value(number).endArray()),
                        SocketPacket.Type.EVENT,
                        namespace,
                        null,
                        join(event, name, number));
            }
            case 5 -> {
                String text = String.valueOf(SCALARS.get(random.nextInt(SCALARS.size())));
                add(
                        SocketPacket.connected(namespace, text),
                        SocketPacket.Type.CONNECT,
                        namespace,
                        null,
                        object("sid", new Json.Str(text)));
                add(
                        SocketPacket.refused(namespace, "", text),
                        SocketPacket.Type.CONNECT_ERROR,
                        namespace,
                        null,
                        object("message", new Json.Str(text)));
            }
            default -> {
                add(SocketPacket.disconnected(namespace), SocketPacket.Type.DISCONNECT, namespace, null, Json.NULL);
                Map<String, Json> refusal = new LinkedHashMap<>();
                refusal.put("message", new Json.Str(name));
                refusal.put("data", object("code", new Json.Str("full")));
                add(
                        SocketPacket.refused(namespace, "full", name),
                        SocketPacket.Type.CONNECT_ERROR,
                        namespace,
                        null,
                        new Json.Obj(refusal));
            }
        }
    }

    private void add(EncodedPacket packet, SocketPacket.Type type, String namespace, @Nullable Long id, Json data) {
        List<Json> messages = new ArrayList<>();
        packet.forEachFrame((binary, array, offset, length) -> {
            byte[] content = Arrays.copyOfRange(array, offset, offset + length);
            messages.add(Exact.message(
                    binary
                            ? new Json.Bin(content)
                            : new Json.Str(new String(content, 1, length - 1, StandardCharsets.UTF_8))));
        });
        lines.add(new Json.Arr(messages));
        lines.add(new Json.Str(new String(packet.payload(), StandardCharsets.UTF_8)));
        meant.add(Outcome.packet(type, namespace, id, data));
    }

    private static Json object(String name, Json value) {
        return new Json.Obj(Map.of(name, value));
    }

    private static Json join(Json array, @Nullable Object... values) {
        List<Json> joined = new ArrayList<>(((Json.Arr) array).values());
        Arrays.stream(values).map(EncoderDifferenceTest::json).forEach(joined::add);
        return new Json.Arr(joined);
    }

    private static @Nullable Object value(SplittableRandom random, int depthLeft) {
        switch (random.nextInt(depthLeft == 0 ? 3 : 5)) {
            case 0 -> {
                return random.nextInt(4) == 0 ? null : SCALARS.get(random.nextInt(SCALARS.size()));
            }
            case 1 -> {
                return random.nextInt(2) == 0
                        ? random.nextDouble(-1e6, 1e6)
                        : Double.longBitsToDouble(random.nextLong());
            }
            case 2 -> {
                // Now and then so long that the frame's header has another form.
                byte[] bytes =
                        new byte[random.nextInt(200) == 0 ? 70_000 : random.nextInt(20) == 0 ? 200 : random.nextInt(5)];
                random.nextBytes(bytes);
                return bytes;
            }
            case 3 -> {
                List<@Nullable Object> values = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    values.add(value(random, depthLeft - 1));
                }
                return values;
            }
            default -> {
                Map<String, @Nullable Object> members = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    members.put(random.nextInt(12) + "é", value(random, depthLeft - 1));
                }
                return members;
            }
        }
    }

    /** The same value as JavaScript shall have it: it writes neither infinities nor the negative zero as such. */
    private static Json json(@Nullable Object value) {
        return switch (value) {
            case null -> Json.NULL;
            case Boolean bool -> new Json.Bool(bool);
            case Number number ->
                Double.isFinite(number.doubleValue()) ? new Json.Num(number.doubleValue() + 0.0) : Json.NULL;
            case byte[] bytes -> new Json.Bin(bytes);
            case List<?> values ->
                new Json.Arr(values.stream().map(EncoderDifferenceTest::json).toList());
            case Map<?, ?> map -> {
                Map<String, Json> members = new LinkedHashMap<>();
                map.forEach((name, member) -> members.put(String.valueOf(name), json(member)));
                yield new Json.Obj(members);
            }
            default -> new Json.Str(value.toString());
        };
    }
}
