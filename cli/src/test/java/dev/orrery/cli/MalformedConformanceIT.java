package dev.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Line 10: packets that no correct client sends cost their own connection, and nothing else. */
@Conformance
final class MalformedConformanceIT {
    private static final String ONE = "{\"_placeholder\":true,\"num\":0}";

    private final ConformanceTarget target;

    MalformedConformanceIT(ConformanceTarget target) {
        this.target = target;
    }

    /** Sends it from a client in {@code /}, which must be closed while nobody else notices. */
    private void expectClosed(Attack attack) throws IOException, InterruptedException {
        try (RawWebSocket bystander = SocketIo.inRoot(target);
                RawWebSocket socket = SocketIo.inRoot(target)) {
            attack.on(socket);
            socket.expect(RawWebSocket.CLOSED);
            SocketIo.expectNothingBut(bystander);
        }
        try (RawWebSocket after = SocketIo.inRoot(target)) {
            SocketIo.expectNothingBut(after);
        }
    }

    @FunctionalInterface
    private interface Attack {
        void on(RawWebSocket socket) throws IOException, InterruptedException;
    }

    private static String placeholders(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> ",{\"_placeholder\":true,\"num\":" + i + "}")
                .reduce("", String::concat);
    }

    @ParameterizedTest
    @DisplayName("Line 10: a malformed packet")
    @ValueSource(
            strings = {
                "4abc",
                "4",
                "47",
                "49[\"x\"]",
                "4-1",
                "42{}",
                "42[",
                "42[]",
                "42\"message\"",
                "42[{}]",
                "42[null,1]",
                "42[[\"message\"]]",
                "42[\"message\"",
                "42[\"message\",]",
                "42[\"message\",1]]",
                "42[\"message\",1]x",
                "42[\"message\",NaN]",
                "42['message']",
                "42[\"message\",\"\\x\"]",
                "421e5[\"message\"]",
                "42-1[\"message\"]",
                "421{}",
                "42/nowhere,[\"message\",1]",
                "42/custom,[\"message\",1]",
                "431{}",
                "431[",
                "43\"x\"",
                "40",
                "40{",
                "40/custom,[]",
                "40/custom,\"token\"",
                "44{\"message\":\"x\"}"
            })
    void shouldCloseForMalformedPacket(String packet) throws Exception {
        expectClosed(socket -> socket.send(packet));
    }

    @ParameterizedTest
    @DisplayName("Line 10: a reserved event name")
    @ValueSource(strings = {"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"})
    void shouldCloseForReservedEvent(String name) throws Exception {
        expectClosed(socket -> socket.send("42[\"" + name + "\",1]"));
        expectClosed(socket -> socket.send("427[\"" + name + "\"]"));
    }

    @ParameterizedTest
    @DisplayName("Line 10: a wrong count of attachments")
    @ValueSource(
            strings = {
                "450-[\"message\"]",
                "45-[\"message\"]",
                "45[\"message\"]",
                "45abc-[\"message\"]",
                "451.5-[\"message\"]",
                "45-1-[\"message\"]",
                "4599999999999999999999-[\"message\"]",
                "452147483648-[\"message\"]",
                "4511-[\"message\"]",
                "461000000-1[]",
                "451"
            })
    void shouldCloseForWrongAttachmentCount(String packet) throws Exception {
        expectClosed(socket -> socket.send(packet));
    }

    @Test
    @DisplayName("Line 10: more than ten attachments")
    void shouldCloseForElevenAttachments() throws Exception {
        expectClosed(socket -> socket.send("4511-[\"message\"" + placeholders(11) + "]"));
        expectClosed(socket -> socket.send("4511-7[\"message-with-ack\"" + placeholders(11) + "]"));
    }

    @ParameterizedTest
    @DisplayName("Line 10: a placeholder that names no attachment")
    @ValueSource(strings = {"1", "9", "-1", "\"0\"", "\"length\"", "null", "{}", "99999999999"})
    void shouldCloseForPlaceholderWithoutAttachment(String num) throws Exception {
        expectClosed(socket -> {
            socket.send("451-[\"message\",{\"_placeholder\":true,\"num\":" + num + "}]");
            socket.sendBinary((byte) 1);
        });
    }

    @Test
    @DisplayName("Line 10: an attachment that nobody announced")
    void shouldCloseForUnannouncedAttachment() throws Exception {
        expectClosed(socket -> socket.sendBinary((byte) 1, (byte) 2));
        expectClosed(socket -> {
            socket.send("451-[\"message\"," + ONE + "]");
            socket.sendBinary((byte) 1);
            socket.expect("451-[\"message-back\"," + ONE + "]", "binary 01");
            socket.sendBinary((byte) 2);
        });
    }

    @Test
    @DisplayName("Line 10: an attachment before any namespace was entered")
    void shouldCloseForAttachmentBeforeConnect() throws Exception {
        try (RawWebSocket socket = RawWebSocket.open(target, ConformanceTarget.SOCKET)) {
            socket.sendBinary((byte) 1);
            socket.expect(RawWebSocket.CLOSED);
        }
    }

    @Test
    @DisplayName("Line 10: text where an attachment is due")
    void shouldCloseForTextInPlaceOfAttachment() throws Exception {
        expectClosed(socket -> {
            socket.send("452-[\"message\"" + placeholders(2) + "]");
            socket.sendBinary((byte) 1);
            socket.send("42[\"message\",1]");
        });
    }

    @ParameterizedTest
    @DisplayName("Line 10: JSON deeper than a limit")
    @ValueSource(ints = {1_000, 5_000, 400_000})
    void shouldCloseForDeepJson(int depth) throws Exception {
        expectClosed(socket -> socket.send("42[\"message\"," + "[".repeat(depth) + "]".repeat(depth) + "]"));
        int objects = depth / 4;
        expectClosed(
                socket -> socket.send("42[\"message\"," + "{\"\":".repeat(objects) + "0" + "}".repeat(objects) + "]"));
    }

    @Test
    @DisplayName("Line 10: deep JSON in a CONNECT")
    void shouldCloseForDeepAuth() throws Exception {
        int depth = 5_000;
        expectClosed(socket -> socket.send("40/custom,{\"token\":" + "[".repeat(depth) + "]".repeat(depth) + "}"));
    }

    @ParameterizedTest
    @DisplayName("Line 10: a malformed packet over polling")
    @ValueSource(strings = {"4abc", "42{}", "42[", "42[\"disconnect\"]", "4511-[\"message\"]", "bAQID", "44{}"})
    void shouldEndPollingForMalformedPacket(String packet) throws Exception {
        try (RawWebSocket bystander = SocketIo.inRoot(target)) {
            RawPolling polling = SocketIo.pollingInRoot(target);
            polling.post(packet);
            polling.expectGoneAfterFarewell();
            SocketIo.expectNothingBut(bystander);
        }
        try (RawPolling after = SocketIo.pollingInRoot(target)) {
            SocketIo.expectNothingBut(after);
        }
    }

    @ParameterizedTest
    @DisplayName("Line 10: a malformed packet before any CONNECT")
    @ValueSource(strings = {"4abc", "42{}", "42[", "42[\"message\",1]", "451-[\"message\"]", "49", "40[]"})
    void shouldCloseForMalformedPacketBeforeConnect(String packet) throws Exception {
        try (RawWebSocket bystander = SocketIo.inRoot(target);
                RawWebSocket socket = RawWebSocket.open(target, ConformanceTarget.SOCKET)) {
            socket.send(packet);
            if (packet.startsWith("45")) {
                socket.sendBinary((byte) 1);
            }
            long began = System.nanoTime();
            socket.expect(RawWebSocket.CLOSED);
            assertThat(System.nanoTime() - began)
                    .as("not only at the connect timeout")
                    .isLessThan(900_000_000L);
            SocketIo.expectNothingBut(bystander);
        }
    }
}
