package dev.orrery.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.wire.WireException.Reason;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The weaknesses that other servers of this kind were published with, each tried once on this one. */
@Timeout(60)
final class KnownWeaknessesIT {
    private static final long SLACK = 16 * Memory.MEGABYTE;
    /** Messages that a client sends before it reads: the server has several to do at once. */
    private static final int BURST = 30;

    private static final String SAY = "42/target,[\"say\",1]";
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

    @Test
    @DisplayName("CVE-2026-33151: a packet that announces more attachments than memory holds")
    void shouldRefuseManyAttachments() throws Exception {
        try (Scene scene = new Scene()) {
            Attacker attacker = scene.inside();
            attacker.text("451000000-/target,[\"say\",{\"_placeholder\":true,\"num\":999999}]");
            assertThat(attacker.next()).isEqualTo("closed 1002");
            assertThat(scene.count(Reason.TOO_MANY_ATTACHMENTS)).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("CVE-2023-32695: a packet whose event is no text brings the server down")
    void shouldSurviveEventsWithoutAName() throws Exception {
        try (Scene scene = new Scene()) {
            for (String event :
                    List.of("[{\"toString\":\"x\"}]", "[[]]", "[null]", "[true]", "{\"0\":\"say\"}", "[]")) {
                Attacker attacker = scene.inside();
                attacker.text("42/target," + event);
                assertThat(attacker.next()).isEqualTo("closed 1002");
            }
            assertThat(scene.count(Reason.BAD_EVENT)).isEqualTo(6);
        }
    }

    @Test
    @DisplayName("CVE-2026-59725: a polling request stays open when its session has ended")
    void shouldAnswerThePollOfASessionThatEnds() throws Exception {
        try (Scene scene = new Scene()) {
            for (String last : List.of("1", "9", "42/target,[", "4")) {
                Attacker polling = scene.attacker();
                String sid = polling.enter(Scene.TARGET);
                polling.beginPoll(sid);
                Thread.sleep(50);
                scene.attacker().post(sid, last);
                assertThat(polling.response().status()).as(last).isEqualTo(200);
                assertThat(polling.http("GET", "/page", "").status()).isEqualTo(200);
            }
            assertThat(scene.sessions()).isZero();
        }
    }

    @Test
    @DisplayName("CVE-2026-48779: a message in fragments so small that their bookkeeping fills the memory")
    void shouldRefuseTinyFragments() throws Exception {
        try (Scene scene = new Scene()) {
            Attacker attacker = scene.inside();
            long before = Memory.used();
            attacker.frame(0x01, new byte[] {'4'});
            for (int i = 0; i < 50_000; i++) {
                attacker.frame(0x00, new byte[] {'2'});
            }
            assertThat(attacker.end()).isIn("closed 1008", Attacker.GONE);
            assertThat(Memory.used() - before).isLessThan(SLACK);
            assertThat(scene.count(Counter.FRAGMENTS_EXCEEDED)).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("CVE-2024-37890: a request for a WebSocket with more headers than the server can take")
    void shouldRefuseHeaderFloods() throws Exception {
        try (Scene scene = new Scene()) {
            String upgrade = "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n";
            List<String> floods = List.of(
                    upgrade + "a: b\r\n".repeat(5_000) + "\r\n",
                    upgrade + "a: " + "b".repeat(20_000) + "\r\n\r\n",
                    "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\n\r\n");
            for (String flood : floods) {
                Attacker attacker = scene.attacker();
                attacker.send(flood);
                attacker.awaitEnd();
            }
            assertThat(scene.count(Counter.REQUESTS_MALFORMED)).isEqualTo(floods.size());
            Attacker many = scene.attacker();
            many.send(upgrade + "a: b\r\n".repeat(2_500) + "\r\n");
            assertThat(many.response().status()).isEqualTo(400);
            assertThat(scene.sessions()).isZero();
        }
    }

    /** Patterns of several lengths go both ways at once; whoever got a byte of another's buffer would see a wrong letter. */
    @Test
    @DisplayName("CVE-2026-45736: a buffer with what another client sent")
    void shouldNotShowOneClientWhatAnotherSent() throws Exception {
        try (Scene scene = new Scene()) {
            List<Attacker> attackers = List.of(scene.inside(), scene.inside(), scene.inside(), scene.inside());
            for (int round = 0; round < 300; round += BURST) {
                for (int i = 0; i < BURST * attackers.size(); i++) {
                    int client = i % attackers.size();
                    attackers.get(client).text(echo("say", client, round + i / attackers.size()));
                }
                for (int i = 0; i < BURST * attackers.size(); i++) {
                    int client = i % attackers.size();
                    assertThat(attackers.get(client).next())
                            .isEqualTo(echo("said", client, round + i / attackers.size()));
                }
            }
            Attacker pinging = attackers.getFirst();
            pinging.frame(Attacker.PING, new byte[] {1, 2, 3});
            assertThat(pinging.next()).isEqualTo("0xa:010203");
            pinging.frame(Attacker.PING, new byte[0]);
            assertThat(pinging.next()).isEqualTo("0xa:");
        }
    }

    private static String echo(String event, int client, int round) {
        String letter = Character.toString('a' + client);
        return "42/target,[\"" + event + "\",\"" + letter.repeat((round * 397 + client * 31) % 3_000) + "\"]";
    }

    @Test
    @DisplayName("CVE-2026-42587: a small message that inflates to a huge one")
    void shouldRefuseInflateBombs() throws Exception {
        try (Scene scene = new Scene(c -> c.compression = true)) {
            Attacker attacker = scene.attacker();
            attacker.join(Scene.TARGET, "Sec-WebSocket-Extensions: permessage-deflate");
            attacker.frame(0xC1, CompressionAttackIT.deflate("4".repeat(30_000_000)));
            assertThat(attacker.end()).isEqualTo("closed 1009");
            assertThat(scene.count(Counter.MESSAGES_TOO_LARGE)).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("CVE-2026-45416: memory is allocated for who has not authenticated")
    void shouldAllocateNothingByWhatStrangersAnnounce() throws Exception {
        try (Scene scene = new Scene(c -> c.connectTimeoutMillis = 3_000)) {
            List<Attacker> posting = scene.attackers(300);
            List<Attacker> framing = scene.attackers(300);
            long before = Memory.used();
            for (Attacker attacker : posting) {
                attacker.send("POST " + POLLING + " HTTP/1.1\r\nHost: x\r\nContent-Length: 65536\r\n\r\n4");
            }
            for (Attacker attacker : framing) {
                attacker.upgrade("");
                attacker.text("4510-/target,[\"say\",{\"_placeholder\":true,\"num\":0}]");
                attacker.send(new byte[] {(byte) 0x82, (byte) 0xFE, -1, 0, 0, 0, 0, 0, 1});
            }
            assertThat(scene.sessions()).isEqualTo(300);
            assertThat(Memory.used() - before).isLessThan(SLACK);
        }
    }

    @Test
    @DisplayName("CVE-2020-28481: any page may connect, and ids can be guessed")
    void shouldRefuseForeignPagesAndGiveIdsThatCannotBeGuessed() throws Exception {
        try (Scene scene = new Scene(c -> c.origins = Set.of("https://play.example"))) {
            for (String origin : List.of("https://evil.example", "null", "https://play.example.evil.example", "x")) {
                Attacker attacker = scene.attacker();
                Attacker.Response response = attacker.handshake("Origin: " + origin);
                assertThat(response.status()).isEqualTo(403);
                assertThat(response.head().toLowerCase(Locale.ROOT)).doesNotContain("access-control-allow");
                assertThat(scene.attacker().upgrade("", "Origin: " + origin)).isEqualTo(403);
            }
            assertThat(scene.count(Counter.ORIGINS_REFUSED)).isEqualTo(8);
            assertThat(scene.sessions()).isZero();
            Attacker listed = scene.attacker();
            Attacker.Response response = listed.handshake("Origin: https://play.example");
            assertThat(response.head()).containsIgnoringCase("access-control-allow-origin: https://play.example");
            assertThat(response.head()).doesNotContainIgnoringCase("allow-credentials");
            Set<String> ids = new HashSet<>();
            Set<String> beginnings = new HashSet<>();
            for (int i = 0; i < 500; i++) {
                String id = listed.open();
                assertThat(id).matches("[\\w-]{24}");
                ids.add(id);
                beginnings.add(id.substring(0, 8));
            }
            assertThat(ids).hasSize(500);
            assertThat(beginnings).hasSize(500);
        }
    }

    @Test
    @DisplayName("CVE-2022-2306: what a client held still works when it has left")
    void shouldGiveNothingForTheIdOfAnEndedSession() throws Exception {
        try (Scene scene = new Scene()) {
            Attacker polling = scene.attacker();
            String sid = polling.enter(Scene.TARGET);
            assertThat(polling.post(sid, "41/target,").status()).isEqualTo(200);
            assertThat(polling.post(sid, SAY).status()).isEqualTo(400);
            String other = polling.enter(Scene.TARGET);
            assertThat(polling.post(other, "1").status()).isEqualTo(200);
            Thread.sleep(400); // longer than the last GET is owed an answer
            for (String ended : List.of(sid, other)) {
                assertThat(polling.post(ended, SAY).status()).isEqualTo(400);
                assertThat(polling.post(ended, "40/target,").status()).isEqualTo(400);
                assertThat(polling.poll(ended).status()).isEqualTo(400);
                assertThat(scene.attacker().upgrade("&sid=" + ended)).isEqualTo(400);
            }
            assertThat(scene.executed).hasValue(0);
        }
    }

    /** Neither by new sessions, nor by what a header says of the address, nor by trying again within one session. */
    @Test
    @DisplayName("CVE-2022-2321: as many attempts to log in as one likes")
    void shouldSlowDownAttempts() throws Exception {
        try (Scene scene = Scene.withLimits(l -> {
            l.handshakes = new Rate(1, 20);
            l.messages = new Rate(1, 50);
        })) {
            Attacker guessing = scene.attacker();
            guessing.upgrade("");
            guessing.next();
            for (int i = 0; i < 200; i++) {
                guessing.text("40/target,{\"token\":\"bad\"}");
            }
            assertThat(guessing.end()).isEqualTo("closed 1008");
            assertThat(scene.count(Counter.SOCKETS_REFUSED)).isBetween(50L, 60L);
            Attacker attacker = scene.attacker();
            int refused = 0;
            for (int i = 0; i < 100; i++) {
                refused += attacker.handshake("X-Forwarded-For: 10.0.0." + i, "Forwarded: for=10.0.0." + i)
                                        .status()
                                == 429
                        ? 1
                        : 0;
            }
            assertThat(refused).isBetween(70, 81);
            assertThat(scene.attacker().upgrade("")).isEqualTo(429);
            assertThat(scene.count(Counter.SESSIONS_REFUSED)).isEqualTo(refused + 1L);
            assertThat(scene.attacker("127.0.0.3", 0).join(Scene.TARGET)).startsWith("40/target,");
        }
    }
}
