package dev.orrery.transport;

import dev.orrery.wire.Fuzzing;
import io.netty.handler.codec.http.HttpServerCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a client sends once it has its WebSocket. The first byte says whether it is compressed (bit 0), and in how small pieces it comes
 * (the other bits, 0 is whole).
 */
final class WebSocketFrontFuzzTest {
    private static final int MAX_MESSAGE_BYTES = 1_024;
    private static final Limits LIMITS = Limits.DEFAULT.with(limits -> {
        limits.maxPayloadBytes = MAX_MESSAGE_BYTES;
        limits.maxBodyBytes = MAX_MESSAGE_BYTES;
        limits.maxFragments = 4;
        limits.controlFrames = new Rate(1, 8);
    });
    private static final byte[] REQUEST = ("GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    + "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    private static final int CLOSE = 8;

    @Test
    void shouldBearAnyFramesAndKeepNoBuffer() throws IOException {
        Fuzzing.run(WebSocketFrontFuzzTest.class, 5_000, WebSocketFrontFuzzTest::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        boolean compressed = (input[0] & 1) != 0;
        int pieceBytes = (input[0] & 0xFF) >> 1 == 0 ? input.length : (input[0] & 0xFF) >> 1;
        Wire wire = new Wire();
        Transport transport = new Transport(
                TransportConfig.DEFAULT.with(config -> {
                    config.limits = LIMITS;
                    config.compression = compressed;
                }),
                List.of(wire.eventLoop()));
        WebSocketEcho echo = new WebSocketEcho(transport);
        wire.pipeline()
                .addLast(new HttpServerCodec())
                .addLast(new BodyAggregator(transport))
                .addLast(echo);
        wire.send(REQUEST, REQUEST.length);
        int head = wire.answers().length;
        wire.send(Arrays.copyOfRange(input, 1, input.length), pieceBytes);
        boolean closed = echo.isClosed();
        wire.end();
        transport.close();
        int last = lastOpcode(wire.answers(), head);
        if (echo.isWrong()) {
            throw new AssertionError("a message that is too long, or came after the end");
        }
        // A client that closes is answered by a close; without one, something was thrown that is nobody's fault but the
        // server's.
        if (closed && last != CLOSE) {
            throw new AssertionError("ended without a word");
        }
    }

    /** Walks through the server's frames, which must be whole. */
    private static int lastOpcode(byte[] answers, int from) {
        int opcode = -1;
        for (int at = from; at < answers.length; ) {
            opcode = answers[at] & 0x0F;
            int length = answers[at + 1];
            int start = at + 2;
            if (length == 126) {
                length = (answers[at + 2] & 0xFF) << 8 | answers[at + 3] & 0xFF;
                start += 2;
            }
            if (length < 0 || start + length > answers.length) {
                throw new AssertionError("a frame of the server is not whole");
            }
            at = start + length;
        }
        return opcode;
    }
}
