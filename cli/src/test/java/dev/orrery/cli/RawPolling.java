package dev.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One session over HTTP long-polling. Every request has its own connection, so that any may stand beside any. */
final class RawPolling implements AutoCloseable {
    static final String SEPARATOR = "\u001e";

    private final ConformanceTarget target;
    private final String path;
    private final String sid;

    private RawPolling(ConformanceTarget target, String path, String sid) {
        this.target = target;
        this.path = path;
        this.sid = sid;
    }

    /** Opens a session; the path is {@link ConformanceTarget#ENGINE} or {@link ConformanceTarget#SOCKET}. */
    static RawPolling open(ConformanceTarget target, String path) throws IOException {
        try (RawHttp http = new RawHttp(target)) {
            RawHttp.Response response = http.exchange("GET", path + "?EIO=4&transport=polling", "");
            assertThat(response.status()).isEqualTo(200);
            return new RawPolling(target, path, sid(response.body()));
        }
    }

    /** The sid in a handshake packet, or in the answer to a CONNECT. */
    static String sid(String packet) {
        String key = "\"sid\":\"";
        int start = packet.indexOf(key);
        assertThat(start).as("a sid in %s", packet).isPositive();
        return packet.substring(start + key.length(), packet.indexOf('"', start + key.length()));
    }

    String sid() {
        return sid;
    }

    /** Path and query of this session's requests. */
    String url() {
        return path + "?EIO=4&transport=polling&sid=" + sid;
    }

    /** Path and query of a WebSocket to which this session may be upgraded. */
    String upgradeUrl() {
        return path + "?EIO=4&transport=websocket&sid=" + sid;
    }

    /** Writes a GET and leaves it open. The caller reads the answer and closes the connection. */
    RawHttp beginGet() throws IOException {
        RawHttp http = new RawHttp(target);
        http.send("GET", url(), "");
        return http;
    }

    RawHttp.Response get() throws IOException {
        try (RawHttp http = beginGet()) {
            return http.receive();
        }
    }

    RawHttp.Response post(String body) throws IOException {
        try (RawHttp http = new RawHttp(target)) {
            return http.exchange("POST", url(), body);
        }
    }

    /** Posts packets that must be taken. */
    void send(String... packets) throws IOException {
        RawHttp.Response response = post(String.join(SEPARATOR, packets));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("ok");
    }

    /** The packets of one GET, without pings, which are answered. */
    List<String> poll() throws IOException {
        RawHttp.Response response = get();
        assertThat(response.status()).as(response.body()).isEqualTo(200);
        List<String> packets = new ArrayList<>(List.of(response.body().split(SEPARATOR, -1)));
        if (packets.remove("2")) {
            send("3");
        }
        return packets;
    }

    /** As many packets as asked for, with as many GETs as it takes. */
    List<String> take(int count) throws IOException {
        List<String> packets = new ArrayList<>();
        while (packets.size() < count) {
            packets.addAll(poll());
        }
        return packets;
    }

    /** The session must be gone. */
    void expectGone() throws IOException {
        assertThat(get().status()).isEqualTo(400);
    }

    /** The session must be gone, where the server may still say its farewell to the first GET. */
    void expectGoneAfterFarewell() throws IOException {
        RawHttp.Response response = get();
        if (response.status() == 200
                && (response.body().equals("1") || response.body().endsWith(SEPARATOR + "1"))) {
            response = get();
        }
        assertThat(response.status()).isEqualTo(400);
    }

    /** Ends the session, if it has not ended. */
    @Override
    public void close() throws IOException {
        post("1");
    }
}
