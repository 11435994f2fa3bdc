package dev.orrery.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attackers who send many small things. */
@Timeout(60)
final class FloodAttackIT {
    private static final long SLACK = 16 * Memory.MEGABYTE;
    private static final String SAY = "42/target,[\"say\",1]";

    @ParameterizedTest
    @ValueSource(ints = {Attacker.PING, Attacker.PONG})
    void shouldCloseForAFloodOfControlFrames(int firstByte) throws Exception {
        try (Scene scene = new Scene()) {
            Attacker attacker = scene.inside();
            for (int i = 0; i < 10_000; i++) {
                attacker.frame(firstByte, new byte[125]);
            }
            assertThat(attacker.end()).isEqualTo("closed 1008");
            assertThat(scene.count(Counter.CONTROL_FRAMES_EXCEEDED)).isEqualTo(1);
            scene.awaitEnds(1, CloseReason.RATE_EXCEEDED);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void shouldCloseForAFloodOfTinyFragments(int length) throws Exception {
        try (Scene scene = new Scene()) {
            Attacker attacker = scene.inside();
            attacker.frame(0x02, new byte[length]);
            for (int i = 0; i < 10_000; i++) {
                attacker.frame(0x00, new byte[length]);
            }
            assertThat(attacker.end()).isEqualTo("closed 1008");
            assertThat(scene.count(Counter.FRAGMENTS_EXCEEDED)).isEqualTo(1);
        }
    }

    @Test
    void shouldHoldLittleForMessagesThatAreNeverFinished() throws Exception {
        try (Scene scene = new Scene()) {
            List<Attacker> attackers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                attackers.add(scene.inside());
            }
            long before = Memory.used();
            for (Attacker attacker : attackers) {
                attacker.frame(0x02, new byte[1]);
            }
            for (int i = 0; i < 100; i++) {
                for (Attacker attacker : attackers) {
                    attacker.frame(0x00, new byte[1]);
                }
            }
            assertThat(Memory.used() - before).isLessThan(SLACK);
            assertThat(scene.target.socketCount()).isEqualTo(200);
        }
    }

    @Test
    void shouldCloseForAFloodOfMessages() throws Exception {
        try (Scene scene = Scene.withLimits(l -> l.messages = new Rate(10, 100))) {
            Attacker webSocket = scene.inside();
            for (int i = 0; i < 3_000; i++) {
                webSocket.text(SAY);
            }
            assertThat(webSocket.end()).isEqualTo("closed 1008");
            assertThat(scene.executed.get()).isBetween(99, 130);

            Attacker polling = scene.attacker();
            String sid = polling.enter(Scene.TARGET);
            polling.post(sid, (SAY + "\u001e").repeat(2_000) + SAY);
            assertThat(scene.attacker().post(sid, SAY).status()).isEqualTo(400);
            assertThat(scene.executed.get()).isBetween(198, 260);
            assertThat(scene.count(Counter.MESSAGE_RATES_EXCEEDED)).isEqualTo(2);
        }
    }

    @Test
    void shouldCloseForAFloodOfBytes() throws Exception {
        try (Scene scene = Scene.withLimits(l -> l.messageBytes = new Rate(10_000, 100_000))) {
            Attacker attacker = scene.inside();
            String large = "42/target,[\"hear\",\"" + "x".repeat(30_000) + "\"]";
            for (int i = 0; i < 20; i++) {
                attacker.text(large);
            }
            assertThat(attacker.end()).isEqualTo("closed 1008");
            assertThat(scene.count(Counter.MESSAGE_RATES_EXCEEDED)).isEqualTo(1);
        }
    }

    @Test
    void shouldEndAConnectionThatPilesUpRequestsBehindOneThatWaits() throws Exception {
        try (Scene scene = new Scene()) {
            Attacker attacker = scene.attacker();
            String sid = attacker.enter(Scene.TARGET);
            attacker.beginPoll(sid);
            for (int i = 0; i < 100; i++) {
                attacker.send("GET /page HTTP/1.1\r\nHost: x\r\n\r\n");
            }
            attacker.awaitEnd();
            assertThat(scene.count(Counter.PIPELINES_REFUSED)).isEqualTo(1);
            scene.awaitCount(Counter.SESSIONS_CLOSED, 1);
        }
    }

    @Test
    void shouldBearClientsThatEnterAndLeaveAgainAndAgain() throws Exception {
        try (Scene scene = new Scene()) {
            int times = 900;
            List<Attacker> attackers = List.of(scene.attacker(), scene.attacker(), scene.attacker());
            for (Attacker attacker : attackers) {
                attacker.upgrade("");
                for (int i = 0; i < times; i++) {
                    attacker.text("40/target,");
                    attacker.text("41/target,");
                }
                attacker.text("40/target,");
            }
            scene.awaitCount(Counter.SOCKETS_CONNECTED, Scene.BYSTANDERS + attackers.size() * (times + 1L));
            assertThat(scene.target.socketCount()).isEqualTo(attackers.size());
            scene.awaitEnds(attackers.size() * times, CloseReason.CLIENT_LEFT);
            for (Attacker attacker : attackers) {
                attacker.text(SAY);
                String next = attacker.next();
                while (!next.startsWith("42")) {
                    next = attacker.next();
                }
                assertThat(next).isEqualTo("42/target,[\"said\",1]");
            }
        }
    }

    @Test
    void shouldBearClientsThatEnterAndLeaveRoomsAgainAndAgain() throws Exception {
        try (Scene scene = Scene.withLimits(l -> l.maxRooms = 8)) {
            Attacker attacker = scene.inside();
            for (int i = 0; i < 500; i++) {
                attacker.text("42/target,[\"join\",\"room-" + i + "\"]");
                attacker.text("42/target,[\"leave\",\"room-" + i + "\"]");
            }
            for (int i = 0; i < 10; i++) {
                attacker.text("42/target," + i + "[\"join\",\"room-" + i + "\"]");
                assertThat(attacker.next()).isEqualTo("43/target," + i + "[" + (i < 8) + "]");
            }
            scene.target.to("room-499").emit("nobody");
            scene.target.to("room-7").to("room-6").emit("once");
            scene.target.emit("all");
            assertThat(attacker.next()).isEqualTo("42/target,[\"once\"]");
            assertThat(attacker.next()).isEqualTo("42/target,[\"all\"]");
        }
    }

    @Test
    void shouldLeaveNothingBehindOfConnectionsResetInAnyState() throws Exception {
        try (Scene scene = new Scene()) {
            for (int i = 0; i < 20; i++) {
                scene.attacker().reset();
                resetBehind(scene, "GET /socket.io/?EIO=4&trans");
                resetBehind(scene, "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\n\r\n");
                for (String packet : List.of("", "40/target,{\"token\":\"later\"}", "40/target,", "40/nowhere,", "1")) {
                    Attacker opened = scene.attacker();
                    opened.upgrade("");
                    opened.text(packet);
                    opened.reset();
                }
                Attacker middle = scene.inside();
                middle.frame(0x01, new byte[] {'4'});
                middle.reset();
                Attacker attachments = scene.inside();
                attachments.text("451-/target,[\"say\",{\"_placeholder\":true,\"num\":0}]");
                attachments.reset();
                Attacker polling = scene.attacker();
                String sid = polling.enter(Scene.TARGET);
                Attacker probe = scene.attacker();
                assertThat(probe.upgrade("&sid=" + sid)).isEqualTo(101);
                probe.text("2probe");
                probe.reset();
                polling.beginPoll(sid);
                polling.reset();
            }
            Scene.await("no session is left", () -> scene.sessions() == 0);
            scene.undecided.forEach(Middleware.Next::accept);
            assertThat(scene.target.socketCount()).isZero();
        }
    }

    private static void resetBehind(Scene scene, String text) throws IOException {
        Attacker attacker = scene.attacker();
        attacker.send(text);
        attacker.reset();
    }
}
