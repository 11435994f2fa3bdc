package dev.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Line 10: events, acknowledgements and attachments, and what the conformance server does with them. */
@Conformance
final class EventConformanceIT {
    private static final String ONE = "{\"_placeholder\":true,\"num\":0}";
    private static final String TWO = "{\"_placeholder\":true,\"num\":1}";

    private final ConformanceTarget target;

    EventConformanceIT(ConformanceTarget target) {
        this.target = target;
    }

    private RawWebSocket inRoot() throws IOException, InterruptedException {
        return SocketIo.inRoot(target);
    }

    @ParameterizedTest
    @DisplayName("Line 10: an event comes back with its arguments")
    @ValueSource(
            strings = {
                "",
                ",1,\"2\",{\"3\":[true]}",
                ",null,false,true,[],{}",
                ",-7,0.5,1234567890123,-0.25",
                ",\"\\\"quoted\\\\\\n\"",
                ",\"\u00e9\u20ac\ud83d\ude00\"",
                ",[[[[[[\"deep\"]]]]]]",
                ",{\"z\":1,\"a\":{\"\":\"\"}}",
                ",{\"_placeholder\":\"no\"}"
            })
    void shouldEchoEvent(String arguments) throws Exception {
        try (RawWebSocket socket = inRoot()) {
            socket.send("42[\"message\"" + arguments + "]");
            socket.expect("42[\"message-back\"" + arguments + "]");
        }
    }

    @Test
    @DisplayName("Line 10: an event over polling")
    void shouldEchoEventsOverPolling() throws Exception {
        try (RawPolling polling = SocketIo.pollingInRoot(target)) {
            polling.send("42[\"message\",1,\"\u20ac\"]", "42[\"message\",2]");
            assertThat(polling.take(2)).containsExactly("42[\"message-back\",1,\"\u20ac\"]", "42[\"message-back\",2]");
        }
    }

    @Test
    @DisplayName("Line 10: an acknowledgement has the event's number and arguments")
    void shouldAcknowledge() throws Exception {
        try (RawWebSocket socket = inRoot()) {
            socket.send("420[\"message-with-ack\",1,\"2\",{\"3\":[false]}]");
            socket.expect("430[1,\"2\",{\"3\":[false]}]");
            socket.send("42456[\"message-with-ack\"]");
            socket.expect("43456[]");
            SocketIo.expectNothingBut(socket);
        }
    }

    @Test
    @DisplayName("Line 10: an acknowledgement over polling")
    void shouldAcknowledgeOverPolling() throws Exception {
        try (RawPolling polling = SocketIo.pollingInRoot(target)) {
            polling.send("4217[\"message-with-ack\",\"x\"]");
            assertThat(polling.take(1)).containsExactly("4317[\"x\"]");
        }
    }

    @Test
    @DisplayName("Line 10: an event with several attachments")
    void shouldEchoAttachments() throws Exception {
        try (RawWebSocket socket = inRoot()) {
            socket.send("452-[\"message\"," + ONE + ",\"x\",{\"in\":[" + TWO + "]}]");
            socket.sendBinary((byte) 1, (byte) 2, (byte) 3);
            socket.sendBinary((byte) 4, (byte) 5);
            socket.expect(
                    "452-[\"message-back\"," + ONE + ",\"x\",{\"in\":[" + TWO + "]}]", "binary 010203", "binary 0405");
            SocketIo.expectNothingBut(socket);
        }
    }

    @Test
    @DisplayName("Line 10: an acknowledgement with several attachments")
    void shouldAcknowledgeWithAttachments() throws Exception {
        try (RawWebSocket socket = inRoot()) {
            socket.send("452-789[\"message-with-ack\"," + ONE + "," + TWO + "]");
            socket.sendBinary((byte) 1);
            socket.sendBinary();
            socket.expect("462-789[" + ONE + "," + TWO + "]", "binary 01", "binary ");
            SocketIo.expectNothingBut(socket);
        }
    }

    @Test
    @DisplayName("Line 10: ten attachments are allowed")
    void shouldTakeTenAttachments() throws Exception {
        String arguments = IntStream.range(0, 10)
                .mapToObj(i -> ",{\"_placeholder\":true,\"num\":" + i + "}")
                .reduce("", String::concat);
        try (RawWebSocket socket = inRoot()) {
            socket.send("4510-[\"message\"" + arguments + "]");
            for (int i = 0; i < 10; i++) {
                socket.sendBinary((byte) i);
            }
            socket.expect("4510-[\"message-back\"" + arguments + "]");
            for (int i = 0; i < 10; i++) {
                socket.expect("binary 0" + i);
            }
        }
    }

    @Test
    @DisplayName("Line 10: attachments over polling, in one payload and in several")
    void shouldEchoAttachmentsOverPolling() throws Exception {
        try (RawPolling polling = SocketIo.pollingInRoot(target)) {
            polling.send("452-[\"message\"," + ONE + "," + TWO + "]", "bAQID", "bBAU=");
            assertThat(polling.take(3))
                    .containsExactly("452-[\"message-back\"," + ONE + "," + TWO + "]", "bAQID", "bBAU=");
            polling.send("451-9[\"message-with-ack\"," + ONE + "]");
            polling.send("bBgc=");
            assertThat(polling.take(2)).containsExactly("461-9[" + ONE + "]", "bBgc=");
        }
    }

    @Test
    @DisplayName("Line 10: attachments across the upgrade")
    void shouldKeepEventsAcrossTransports() throws Exception {
        RawPolling polling = SocketIo.pollingInRoot(target);
        polling.send("451-[\"message\"," + ONE + "]");
        try (RawWebSocket socket = RawWebSocket.attempt(target, polling.upgradeUrl())) {
            socket.send("2probe");
            socket.expect("3probe");
            socket.send("5");
            socket.sendBinary((byte) 7);
            socket.expect("451-[\"message-back\"," + ONE + "]", "binary 07");
            SocketIo.expectNothingBut(socket);
        }
    }

    @Test
    @DisplayName("Line 10: acknowledgements that nobody asked for are ignored")
    void shouldIgnoreUnknownAcknowledgement() throws Exception {
        try (RawWebSocket socket = inRoot()) {
            socket.send("437[\"unasked\"]");
            socket.send("461-8[" + ONE + "]");
            socket.sendBinary((byte) 1);
            SocketIo.expectNothingBut(socket);
        }
    }

    @ParameterizedTest
    @DisplayName("§7: what no handler knows is answered by nothing")
    @ValueSource(
            strings = {
                "42[\"unknown\",1]",
                "421[\"unknown\",1]",
                "42[\"message-with-ack\",1]",
                "42[\"constructor\"]",
                "42[\"__proto__\"]",
                "42[\"\"]"
            })
    void shouldSendNothingForUnknownEvent(String packet) throws Exception {
        try (RawWebSocket socket = inRoot()) {
            socket.send(packet);
            SocketIo.expectNothingBut(socket);
        }
    }

    @Test
    @DisplayName("§7: message is not acknowledged")
    void shouldNotAcknowledgeMessage() throws Exception {
        try (RawWebSocket socket = inRoot()) {
            socket.send("425[\"message\",1]");
            socket.expect("42[\"message-back\",1]");
            SocketIo.expectNothingBut(socket);
        }
    }

    @Test
    @DisplayName("§7: /custom emits auth only")
    void shouldSendNothingForEventsInCustom() throws Exception {
        try (RawWebSocket socket = inRoot()) {
            socket.send("40/custom,");
            assertThat(socket.next()).startsWith("40/custom,");
            socket.expect("42/custom,[\"auth\",{}]");
            socket.send("42/custom,[\"message\",1]");
            socket.send("42/custom,1[\"message-with-ack\",1]");
            socket.send("42/custom,[\"bcast\",1]");
            socket.send("42/custom,[\"enc\"]");
            SocketIo.expectNothingBut(socket);
        }
    }

    @ParameterizedTest
    @DisplayName("§7: many")
    @ValueSource(ints = {0, 1, 1_000})
    void shouldSendMany(int count) throws Exception {
        try (RawWebSocket socket = inRoot();
                RawWebSocket other = inRoot()) {
            socket.send("42[\"many\"," + count + "]");
            for (int i = 0; i < count; i++) {
                socket.expect("42[\"m\"," + i + "]");
            }
            SocketIo.expectNothingBut(socket);
            SocketIo.expectNothingBut(other);
        }
    }

    @Test
    @DisplayName("§7: many over polling")
    void shouldSendManyOverPolling() throws Exception {
        try (RawPolling polling = SocketIo.pollingInRoot(target)) {
            polling.send("42[\"many\",100]");
            List<String> expected =
                    IntStream.range(0, 100).mapToObj(i -> "42[\"m\"," + i + "]").toList();
            assertThat(polling.take(100)).isEqualTo(expected);
        }
    }

    @Test
    @DisplayName("§7: flood")
    void shouldFlood() throws Exception {
        try (RawWebSocket socket = inRoot()) {
            socket.send("42[\"flood\",100,1000]");
            for (int i = 0; i < 100; i++) {
                assertThat(socket.next()).matches("42\\[\"f\",\"[^\"\\\\]{1000}\"]");
            }
            SocketIo.expectNothingBut(socket);
        }
    }
}
