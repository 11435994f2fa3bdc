package dev.orrery.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attackers who take their time, or only sit there. */
@Timeout(60)
final class SlowAttackIT {
    private static final int MANY = 200;
    private static final int TIMEOUT_MILLIS = 600;
    private static final long SLACK = 16 * Memory.MEGABYTE;
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\n";

    /** Bytes that come one by one do not extend the deadline. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET " + POLLING,
                "POST " + POLLING + "Content-Length: 9999\r\n\r\n",
                "POST " + POLLING + "Transfer-Encoding: chunked\r\n\r\n",
                "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nX-Slow: ",
                "",
            })
    void shouldEndConnectionsWhoseRequestDoesNotArrive(String beginning) throws Exception {
        try (Scene scene = Scene.withLimits(l -> l.requestTimeoutMillis = TIMEOUT_MILLIS)) {
            long began = System.nanoTime();
            List<Attacker> attackers = scene.attackers(MANY);
            for (Attacker attacker : attackers) {
                attacker.send(beginning);
            }
            while (scene.count(Counter.REQUEST_TIMEOUTS) == 0) {
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
                for (Attacker attacker : attackers) {
                    attacker.send("1");
                }
                Thread.sleep(20);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(TIMEOUT_MILLIS));
            for (Attacker attacker : attackers) {
                attacker.awaitEnd();
            }
            scene.awaitCount(Counter.REQUEST_TIMEOUTS, MANY);
            assertThat(scene.sessions()).isZero();
        }
    }

    @Test
    void shouldEndConnectionsWhoseFurtherRequestDoesNotArrive() throws Exception {
        try (Scene scene = Scene.withLimits(l -> l.keepAliveMillis = TIMEOUT_MILLIS)) {
            Attacker attacker = scene.attacker();
            assertThat(attacker.http("GET", "/page", "").status()).isEqualTo(200);
            attacker.send("GET /page HTTP/1.1\r\nHost: ");
            attacker.awaitEnd();
            assertThat(scene.count(Counter.REQUEST_TIMEOUTS)).isEqualTo(1);
        }
    }

    @Test
    void shouldRefuseConnectionsBeyondTheLimitOfTheirAddressOnly() throws Exception {
        int limit = 500;
        try (Scene scene = Scene.withLimits(l -> {
            l.maxConnectionsPerAddress = limit;
            l.requestTimeoutMillis = 3_000;
        })) {
            long before = Memory.used();
            List<Attacker> attackers = scene.attackers(3_000);
            scene.awaitCount(Counter.CONNECTIONS_REFUSED, 3_000 - limit);
            assertThat(scene.server.connectionCount()).isLessThanOrEqualTo(limit + Scene.BYSTANDERS);
            assertThat(Memory.used() - before).isLessThan(SLACK);
            Attacker honest = scene.attacker("127.0.0.3", 0);
            assertThat(honest.join(Scene.TARGET)).startsWith("40/target,");
            for (Attacker attacker : attackers) {
                attacker.awaitEnd();
            }
        }
    }

    @Test
    void shouldRefuseConnectionsBeyondTheLimitOfThePort() throws Exception {
        try (Scene scene = Scene.withLimits(l -> {
            l.maxConnections = 100;
            l.requestTimeoutMillis = TIMEOUT_MILLIS;
        })) {
            for (Attacker attacker : scene.attackers(150)) {
                attacker.awaitEnd();
            }
            assertThat(scene.count(Counter.CONNECTIONS_REFUSED)).isGreaterThanOrEqualTo(50 + Scene.BYSTANDERS);
            Scene.await("there is room again", () -> scene.server.connectionCount() == Scene.BYSTANDERS);
            assertThat(scene.attacker().join(Scene.TARGET)).startsWith("40/target,");
        }
    }

    /** Refused beyond the limit of their address, and gone when they have entered no namespace in time. */
    @Test
    void shouldBearTenThousandIdleHandshakes() throws Exception {
        int limit = 2_000;
        try (Scene scene = new Scene(c -> {
            c.connectTimeoutMillis = 3_000;
            c.limits = c.limits.with(l -> {
                l.maxSessionsPerAddress = limit;
                l.handshakes = new Rate(1_000, 10_000);
            });
        })) {
            long before = Memory.used();
            List<Attacker> attackers = scene.attackers(10);
            int refused = 0;
            for (int i = 0; i < 1_000; i++) {
                for (Attacker attacker : attackers) {
                    attacker.send("GET " + POLLING + "\r\n");
                }
                for (Attacker attacker : attackers) {
                    int status = attacker.response().status();
                    assertThat(status).isIn(200, 429);
                    refused += status == 429 ? 1 : 0;
                }
                assertThat(scene.sessions()).isLessThanOrEqualTo(limit);
            }
            assertThat(Memory.used() - before).isLessThan(SLACK);
            assertThat(refused).isPositive();
            assertThat(scene.count(Counter.SESSIONS_REFUSED)).isEqualTo(refused);
            assertThat(scene.count(Counter.SESSIONS_OPENED)).isEqualTo(Scene.BYSTANDERS + 10_000 - refused);
            assertThat(scene.attacker("127.0.0.3", 0).join(Scene.TARGET)).startsWith("40/target,");
            scene.awaitCount(Counter.CONNECT_TIMEOUTS, 10_000 - refused);
            Scene.await("all but the last have gone", () -> scene.sessions() == 1);
            assertThat(scene.count(Counter.PING_TIMEOUTS)).isZero();
        }
    }

    /** One segment can hold a thousand requests: what is asked may only be answered as fast as the answers are fetched. */
    @Test
    void shouldNotAnswerMoreRequestsThanTheClientReads() throws Exception {
        try (Scene scene = Scene.withLimits(l -> l.keepAliveMillis = 5_000)) {
            String requests = "GET /page HTTP/1.1\r\nHost: x\r\n\r\n".repeat(1_800);
            long before = Memory.used();
            for (int i = 0; i < 10; i++) {
                scene.attacker(Attacker.ADDRESS, 4_096).send(requests);
            }
            scene.awaitCount(Counter.PIPELINES_REFUSED, 10);
            assertThat(Memory.used() - before).isLessThan(SLACK);
        }
    }

    @Test
    void shouldEndSessionsOfConnectionsThatAreHalfClosed() throws Exception {
        try (Scene scene = new Scene()) {
            Attacker webSocket = scene.inside();
            webSocket.halfClose();
            assertThat(webSocket.end()).isEqualTo(Attacker.GONE);
            Attacker polling = scene.attacker();
            String sid = polling.enter(Scene.TARGET);
            polling.beginPoll(sid);
            polling.halfClose();
            polling.awaitEnd();
            scene.awaitCount(Counter.SESSIONS_CLOSED, 2);
            scene.awaitEnds(2, CloseReason.TRANSPORT_CLOSED);
            assertThat(scene.target.socketCount()).isZero();
        }
    }

    @Test
    void shouldRefuseWhatIsNotHttp() throws Exception {
        List<byte[]> all = new ArrayList<>();
        all.add(new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1, -4, 3, 3, '\n', '\n'}); // the beginning of TLS
        all.add("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        all.add("PROXY TCP4 10.0.0.1 10.0.0.2 1 2\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        all.add(new byte[20_000]);
        try (Scene scene = Scene.withLimits(l -> l.requestTimeoutMillis = TIMEOUT_MILLIS)) {
            for (byte[] bytes : all) {
                Attacker attacker = scene.attacker();
                attacker.send(bytes);
                attacker.awaitEnd();
            }
            assertThat(scene.count(Counter.REQUESTS_MALFORMED) + scene.count(Counter.REQUEST_TIMEOUTS))
                    .isEqualTo(all.size());
            assertThat(scene.sessions()).isZero();
        }
    }
}
