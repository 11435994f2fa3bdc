package dev.orrery.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attackers who use the change from polling to WebSocket, and two ways into one session. */
@Timeout(60)
final class UpgradeAttackIT {
    private static final String SAY = "42/target,[\"say\",1]";
    private static final String SAID = "42/target,[\"said\",1]";
    private static final String WEB_SOCKET = "/socket.io/?EIO=4&transport=websocket";

    @Test
    void shouldNotLetASecondWebSocketIntoASession() throws Exception {
        try (Scene scene = new Scene()) {
            Attacker polling = scene.attacker();
            String sid = polling.enter(Scene.TARGET);
            Attacker first = scene.attacker();
            assertThat(first.upgrade("&sid=" + sid)).isEqualTo(101);
            for (int i = 0; i < 6; i++) {
                assertThat(scene.attacker().upgrade("&sid=" + sid)).isEqualTo(400);
            }
            first.text("2probe");
            assertThat(first.next()).isEqualTo("3probe");
            assertThat(scene.attacker().upgrade("&sid=" + sid)).isEqualTo(400);
            first.text("5");
            first.text(SAY);
            assertThat(first.next()).isEqualTo(SAID);
            for (int i = 0; i < 6; i++) {
                assertThat(scene.attacker().upgrade("&sid=" + sid)).isEqualTo(400);
            }
            first.text(SAY);
            assertThat(first.next()).isEqualTo(SAID);
            assertThat(scene.count(Counter.HANDSHAKES_REFUSED)).isEqualTo(13);
            assertThat(scene.count(Counter.UPGRADES)).isEqualTo(1);
        }
    }

    @Test
    void shouldNotLetPollingIntoASessionOverWebSocket() throws Exception {
        try (Scene scene = new Scene()) {
            Attacker victim = scene.attacker();
            victim.upgrade("");
            String sid = Attacker.sid(victim.next());
            victim.text("40/target,");
            assertThat(victim.next()).startsWith("40/target,");
            Attacker attacker = scene.attacker();
            for (String packet : new String[] {SAY, "1", "5", "41/target,", "9", "bAAAA"}) {
                assertThat(attacker.post(sid, packet).status()).isEqualTo(400);
            }
            assertThat(attacker.poll(sid).status()).isEqualTo(400);
            assertThat(scene.executed).hasValue(0);
            victim.text(SAY);
            assertThat(victim.next()).isEqualTo(SAID);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "2", "2prob", "4", "40/target,", SAY, "1", "", "3probe"})
    void shouldCloseAProbeThatSaysAnythingElseAndKeepItsSession(String packet) throws Exception {
        try (Scene scene = new Scene()) {
            Attacker polling = scene.attacker();
            String sid = polling.enter(Scene.TARGET);
            Attacker probe = scene.attacker();
            assertThat(probe.upgrade("&sid=" + sid)).isEqualTo(101);
            probe.text(packet);
            assertThat(probe.end()).isEqualTo("closed 1002");
            Attacker again = scene.attacker();
            assertThat(again.upgrade("&sid=" + sid)).isEqualTo(101);
            again.text("2probe");
            assertThat(again.next()).isEqualTo("3probe");
            again.text("2probe");
            assertThat(again.end()).isEqualTo("closed 1002");
            polling.post(sid, SAY);
            assertThat(polling.poll(sid).body()).isEqualTo(SAID);
            assertThat(scene.executed).hasValue(1);
            polling.post(sid, "1");
        }
    }

    @Test
    void shouldCloseProbesThatSayNothingOrLoseTheirSession() throws Exception {
        try (Scene scene = Scene.withLimits(l -> l.requestTimeoutMillis = 500)) {
            Attacker polling = scene.attacker();
            String sid = polling.enter(Scene.TARGET);
            Attacker silent = scene.attacker();
            assertThat(silent.upgrade("&sid=" + sid)).isEqualTo(101);
            assertThat(silent.end()).startsWith("closed");
            Attacker probed = scene.attacker();
            assertThat(probed.upgrade("&sid=" + sid)).isEqualTo(101);
            probed.text("2probe");
            assertThat(probed.next()).isEqualTo("3probe");
            polling.post(sid, "1");
            assertThat(probed.end()).startsWith("closed");
            assertThat(scene.attacker().upgrade("&sid=" + sid)).isEqualTo(400);
        }
    }

    /** Several, so that some come to the event loop of the session and some must be moved there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n",
                "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 99\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 8\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
                "Upgrade: websocket\r\nConnection: Upgrade\r\n",
            })
    void shouldRefuseWrongUpgradesAndKeepNothing(String headers) throws Exception {
        try (Scene scene = Scene.withLimits(l -> l.keepAliveMillis = 500)) {
            Attacker polling = scene.attacker();
            String sid = polling.enter(Scene.TARGET);
            List<Attacker> attackers = scene.attackers(12);
            for (int i = 0; i < attackers.size(); i++) {
                String target = WEB_SOCKET + (i % 2 == 0 ? "" : "&sid=" + sid);
                attackers.get(i).send("GET " + target + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");
                assertThat(attackers.get(i).response().status()).isEqualTo(400);
            }
            for (Attacker attacker : attackers) {
                attacker.awaitEnd();
            }
            assertThat(scene.count(Counter.HANDSHAKES_REFUSED)).isEqualTo(12);
            Attacker honest = scene.attacker();
            assertThat(honest.upgrade("&sid=" + sid)).isEqualTo(101);
            honest.text("2probe");
            assertThat(honest.next()).isEqualTo("3probe");
            honest.text("5");
            honest.text(SAY);
            assertThat(honest.next()).isEqualTo(SAID);
        }
    }

    /** The answer to the upgrade waits behind others that the client does not fetch; meanwhile the session's time is over. */
    @Test
    void shouldNotKeepAWebSocketWhoseSessionEndedBeforeItBegan() throws Exception {
        try (Scene scene = Scene.withLimits(l -> {
            l.keepAliveMillis = 20_000;
            l.maxPendingBytes = 8 * 1_048_576; // half of it is more than the kernel takes at once
        })) {
            Attacker attacker = scene.attacker(Attacker.ADDRESS, 4_096);
            boolean answered = true;
            while (answered) { // until the channel is not writable: further requests wait then
                long before = scene.count(Counter.HTTP_REQUESTS);
                attacker.send("GET /page HTTP/1.1\r\nHost: x\r\n\r\n");
                answered = isSoon(() -> scene.count(Counter.HTTP_REQUESTS) > before);
            }
            attacker.send("GET " + WEB_SOCKET + " HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
            while (scene.count(Counter.SESSIONS_OPENED) == Scene.BYSTANDERS) {
                attacker.skip(32_768);
                Thread.sleep(1);
            }
            scene.awaitCount(Counter.CONNECT_TIMEOUTS, 1);
            attacker.awaitEnd();
            Scene.await("the connection is gone", () -> scene.server.connectionCount() == Scene.BYSTANDERS);
        }
    }

    private static boolean isSoon(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 500 && !condition.getAsBoolean(); i++) {
            Thread.sleep(1);
        }
        return condition.getAsBoolean();
    }

    @Test
    void shouldEndASessionThatIsAskedByTwoGetsAtOnce() throws Exception {
        try (Scene scene = new Scene()) {
            Attacker first = scene.attacker();
            String sid = first.enter(Scene.TARGET);
            first.beginPoll(sid);
            Scene.await("the first is there", () -> scene.target.socketCount() == 1);
            Thread.sleep(100);
            Attacker second = scene.attacker();
            assertThat(second.poll(sid).status()).isEqualTo(400);
            assertThat(first.response().body()).isEqualTo("1");
            assertThat(second.post(sid, SAY).status()).isEqualTo(400);
            scene.awaitEnds(1, CloseReason.PROTOCOL_ERROR);
        }
    }
}
