package dev.orrery.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the server takes its client for, when proxies stand before it: its HTTP handler answers with the address it was given. */
final class ProxyIT {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final byte[] SIGNATURE = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a");
    private static final HttpHandler WHO = request -> HttpHandler.Reply.text(
            200, (request.secure() ? "https " : "http ") + request.address().getHostAddress());

    private static SocketServer server(String... trusted) throws IOException {
        return new SocketServer(
                        TransportConfig.DEFAULT.with(c -> {
                            c.port = 0;
                            c.trustedProxies = List.of(trusted).stream()
                                    .map(Network::parse)
                                    .toList();
                        }),
                        WHO)
                .listen();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            X-Forwarded-For: 203.0.113.7                                 | http 203.0.113.7
            X-Forwarded-For: 6.6.6.6, 203.0.113.7                        | http 203.0.113.7
            X-Forwarded-For: 203.0.113.7, 10.1.2.3                       | http 203.0.113.7
            X-Forwarded-For: nonsense, 10.1.2.3                          | http 10.1.2.3
            X-Forwarded-For: localhost                                   | http 127.0.0.1
            X-Forwarded-For: 2001:db8::1                                 | http 2001:db8:0:0:0:0:0:1
            X-Forwarded-For: 203.0.113.7~X-Forwarded-Proto: https        | https 203.0.113.7
            X-Forwarded-For: 6.6.6.6~X-Forwarded-For: 203.0.113.7        | http 203.0.113.7
            """)
    void shouldBelieveTheLastAddressThatIsNoTrustedProxy(String headers, String who) throws Exception {
        try (SocketServer server = server("127.0.0.1", "10.0.0.0/8")) {
            assertThat(ask(server, new byte[0], headers.replace("~", "\r\n"))).endsWith(who);
        }
    }

    @Test
    void shouldBelieveNobodyWhoIsNotTrusted() throws Exception {
        try (SocketServer server = server("10.0.0.0/8")) {
            assertThat(ask(server, new byte[0], "X-Forwarded-For: 203.0.113.7\r\nX-Forwarded-Proto: https"))
                    .endsWith("http 127.0.0.1");
            assertThat(ask(server, proxyV2(new byte[] {(byte) 203, 0, 113, 9}), "A: b"))
                    .startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void shouldBelieveTheProxyHeaderOfVersion2() throws Exception {
        try (SocketServer server = server("127.0.0.1")) {
            assertThat(ask(server, proxyV2(new byte[] {(byte) 203, 0, 113, 9}), "A: b"))
                    .endsWith("http 203.0.113.9");
            assertThat(ask(server, new byte[0], "A: b")).endsWith("http 127.0.0.1");
            assertThat(ask(
                            server,
                            "PROXY TCP4 203.0.113.9 10.0.0.1 1 2\r\n".getBytes(StandardCharsets.US_ASCII),
                            "A: b"))
                    .startsWith("HTTP/1.1 400");
        }
    }

    /** Limits of an address count the client's, not the proxy's. */
    @Test
    void shouldLimitEachClientBehindTheProxyByItself() throws Exception {
        TransportConfig config = TransportConfig.DEFAULT.with(c -> {
            c.port = 0;
            c.trustedProxies = List.of(Network.parse("127.0.0.1"));
            c.limits = c.limits.with(l -> l.handshakes = new Rate(0.001, 2));
        });
        try (SocketServer server = new SocketServer(config, HttpHandler.NONE).listen()) {
            String path = "/socket.io/?EIO=4&transport=polling";
            for (String client : new String[] {"203.0.113.1", "203.0.113.2"}) {
                String header = "X-Forwarded-For: " + client;
                assertThat(get(server, path, header)).contains("0{\"sid\"");
                assertThat(get(server, path, header)).contains("0{\"sid\"");
                assertThat(get(server, path, header)).startsWith("HTTP/1.1 429");
            }
            assertThat(server.counters().count(Counter.SESSIONS_REFUSED)).isEqualTo(2);
        }
    }

    @Test
    void shouldCountTheConnectionsOfClientsThatTheProxyNames() throws Exception {
        TransportConfig config = TransportConfig.DEFAULT.with(c -> {
            c.port = 0;
            c.trustedProxies = List.of(Network.parse("127.0.0.1"));
            c.limits = c.limits.with(l -> l.connects = new Rate(0.001, 2));
        });
        try (SocketServer server = new SocketServer(config, WHO).listen()) {
            byte[] one = proxyV2(new byte[] {(byte) 203, 0, 113, 1});
            assertThat(ask(server, one, "A: b")).endsWith("203.0.113.1");
            assertThat(ask(server, one, "A: b")).endsWith("203.0.113.1");
            assertThat(ask(server, one, "A: b")).isEmpty();
            assertThat(ask(server, proxyV2(new byte[] {(byte) 203, 0, 113, 2}), "A: b"))
                    .endsWith("203.0.113.2");
            assertThat(server.counters().count(Counter.CONNECTIONS_REFUSED)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "localhost", "1.2.3.999", "10.0.0.0/33", "10.0.0.0/x", "fd00::/129", "1.2.3.4.5", "a.b.c.d"})
    void shouldRefuseWhatIsNoNetworkWithoutAskingForNames(String text) {
        assertThatThrownBy(() -> Network.parse(text)).hasMessageContaining("neither an IP address nor a network");
    }

    @Test
    void shouldKnowWhichAddressesANetworkHolds() throws Exception {
        Network private10 = Network.parse("10.1.2.3/8");
        assertThat(private10.contains(Network.literal("10.255.0.1"))).isTrue();
        assertThat(private10.contains(Network.literal("11.0.0.1"))).isFalse();
        assertThat(private10.contains(Network.literal("fd00::1"))).isFalse();
        assertThat(Network.parse("fd00::/9").contains(Network.literal("fd7f::1")))
                .isTrue();
        assertThat(Network.parse("fd00::/9").contains(Network.literal("fd80::1")))
                .isFalse();
    }

    private static byte[] proxyV2(byte[] source) {
        return ByteBuffer.allocate(28)
                .put(SIGNATURE)
                .put((byte) 0x21)
                .put((byte) 0x11)
                .putShort((short) 12)
                .put(source)
                .put(new byte[] {10, 0, 0, 1})
                .putShort((short) 50_000)
                .putShort((short) 443)
                .array();
    }

    private static String get(SocketServer server, String path, String headers) throws IOException {
        return send(server, new byte[0], "GET " + path + " HTTP/1.0\r\n" + headers + "\r\n\r\n");
    }

    private static String ask(SocketServer server, byte[] before, String headers) throws IOException {
        return send(server, before, "GET /who HTTP/1.0\r\n" + headers + "\r\n\r\n");
    }

    private static String send(SocketServer server, byte[] before, String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(before);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
