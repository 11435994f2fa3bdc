package dev.orrery.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.wire.WireException.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Attackers who want in without being let in, or in the place of another. */
@Timeout(60)
final class AdmissionAttackIT {
    private static final String SAY = "42/target,[\"say\",1]";

    @Test
    void shouldNotRunAnEventBeforeConnect() throws Exception {
        try (Scene scene = new Scene()) {
            Attacker webSocket = scene.attacker();
            webSocket.upgrade("");
            webSocket.next();
            webSocket.text(SAY);
            assertThat(webSocket.next()).isEqualTo("closed 1002");

            Attacker polling = scene.attacker();
            String sid = polling.open();
            assertThat(polling.post(sid, SAY).status()).isEqualTo(400);
            assertThat(polling.poll(sid).status()).isEqualTo(400);

            assertThat(scene.executed).hasValue(0);
            assertThat(scene.count(Counter.PROTOCOL_ERRORS)).isEqualTo(2);
            assertThat(scene.count(Reason.UNEXPECTED_PACKET)).isEqualTo(2);
        }
    }

    @Test
    void shouldNotRunAnEventAfterARefusedConnect() throws Exception {
        try (Scene scene = new Scene()) {
            Attacker attacker = scene.attacker();
            attacker.upgrade("");
            attacker.next();
            attacker.text("40/target,{\"token\":\"bad\"}");
            assertThat(attacker.next()).startsWith("44/target,");
            scene.target.emit("news");
            attacker.text(SAY);
            assertThat(attacker.next()).isEqualTo("closed 1002");
            assertThat(scene.executed).hasValue(0);
            assertThat(scene.count(Counter.SOCKETS_REFUSED)).isEqualTo(1);
        }
    }

    @Test
    void shouldNotRunAnEventWhileTheMiddlewareDecides() throws Exception {
        try (Scene scene = new Scene()) {
            Attacker attacker = scene.attacker();
            attacker.upgrade("");
            attacker.next();
            attacker.text("40/target,{\"token\":\"later\"}");
            Scene.await("the middleware was asked", () -> scene.undecided.size() == 1);
            scene.target.emit("news");
            attacker.text(SAY);
            assertThat(attacker.next()).isEqualTo("closed 1002");
            scene.undecided.remove().accept();
            scene.awaitCount(Counter.SESSIONS_CLOSED, 1);
            assertThat(scene.executed).hasValue(0);
            assertThat(scene.target.socketCount()).isZero();
            assertThat(scene.count(Counter.SOCKETS_CONNECTED)).isEqualTo(Scene.BYSTANDERS);
        }
    }

    /** CONNECT and DISCONNECT again and again: a late yes to the first may not let in what came after it. */
    @Test
    void shouldNotUseALateDecisionForALaterConnect() throws Exception {
        try (Scene scene = new Scene()) {
            Attacker attacker = scene.attacker();
            attacker.upgrade("");
            attacker.next();
            attacker.text("40/target,{\"token\":\"later\"}");
            attacker.text("41/target,");
            attacker.text("40/target,{\"token\":\"later\"}");
            Scene.await("the middleware was asked twice", () -> scene.undecided.size() == 2);
            scene.undecided.remove().accept();
            scene.undecided.remove().refuse("No.");
            assertThat(attacker.next()).isEqualTo("44/target,{\"message\":\"No.\"}");
            attacker.text(SAY);
            assertThat(attacker.next()).isEqualTo("closed 1002");
            assertThat(scene.executed).hasValue(0);
        }
    }

    @Test
    void shouldNotActAsAnotherByItsPublicId() throws Exception {
        try (Scene scene = new Scene()) {
            Attacker victim = scene.attacker();
            String publicId = Attacker.sid(victim.join(Scene.TARGET));
            Attacker attacker = scene.attacker();
            assertThat(attacker.poll(publicId).status()).isEqualTo(400);
            assertThat(attacker.post(publicId, SAY).status()).isEqualTo(400);
            assertThat(attacker.post(publicId, "1").status()).isEqualTo(400);
            assertThat(scene.attacker().upgrade("&sid=" + publicId)).isEqualTo(400);
            assertThat(scene.executed).hasValue(0);
            assertThat(scene.count(Counter.HANDSHAKES_REFUSED)).isEqualTo(4);
            victim.text(SAY);
            assertThat(victim.next()).isEqualTo("42/target,[\"said\",1]");
        }
    }

    /** A socket's id is a room with that socket alone, also for those whose connection another thread serves. */
    @Test
    void shouldNotHearWhatIsSaidToAnotherByJoiningARoomOfItsId() throws Exception {
        try (Scene scene = new Scene()) {
            Attacker victim = scene.attacker();
            String publicId = Attacker.sid(victim.join(Scene.TARGET));
            for (int i = 0; i < 6; i++) {
                Attacker attacker = scene.inside();
                attacker.text("42/target,1[\"join\",\"" + publicId + "\"]");
                assertThat(attacker.next()).isEqualTo("43/target,1[false]");
            }
            scene.target.to(publicId).emit("secret");
            scene.target.emit("public");
            assertThat(victim.next()).isEqualTo("42/target,[\"secret\"]");
            assertThat(victim.next()).isEqualTo("42/target,[\"public\"]");
        }
    }

    @Test
    void shouldNotFindASessionByCookie() throws Exception {
        try (Scene scene = new Scene()) {
            Attacker victim = scene.attacker();
            Attacker.Response opened = victim.handshake();
            String sid = Attacker.sid(opened.body());
            assertThat(opened.head().toLowerCase(java.util.Locale.ROOT)).doesNotContain("set-cookie");
            String cookie = "Cookie: io=" + sid + "; sid=" + sid + "; session=" + sid;
            Attacker attacker = scene.attacker();
            assertThat(Attacker.sid(attacker.handshake(cookie).body()))
                    .hasSize(24)
                    .isNotEqualTo(sid);
            String target = "/socket.io/?EIO=4&transport=polling";
            assertThat(attacker.http("POST", target, "40", cookie).status()).isEqualTo(400);
            Attacker webSocket = scene.attacker();
            assertThat(webSocket.upgrade("", cookie)).isEqualTo(101);
            assertThat(Attacker.sid(webSocket.next())).hasSize(24).isNotEqualTo(sid);
            victim.post(sid, "40/target,");
            assertThat(victim.poll(sid).body()).startsWith("40/target,");
            victim.post(sid, "1");
        }
    }

    @Test
    void shouldNotLetASocketIntoMoreNamespacesThanAllowed() throws Exception {
        try (Scene scene = Scene.withLimits(l -> l.maxPatternNamespaces = 8)) {
            Attacker attacker = scene.attacker();
            attacker.upgrade("");
            attacker.next();
            for (int i = 0; i < 1_000; i++) {
                attacker.text("40/any-" + i + ",");
            }
            assertThat(attacker.end()).isEqualTo("closed 1002");
            scene.awaitCount(Counter.SESSIONS_CLOSED, 1);
            assertThat(scene.count(Counter.SOCKETS_CONNECTED)).isEqualTo(Scene.BYSTANDERS + 8);
            Attacker next = scene.attacker();
            assertThat(next.join("/any-other")).startsWith("40/any-other,");
        }
    }

    @Test
    void shouldNotBringMoreNamespacesIntoBeingThanAllowed() throws Exception {
        try (Scene scene = Scene.withLimits(l -> l.maxPatternNamespaces = 20)) {
            for (int i = 0; i < 10; i++) {
                Attacker attacker = scene.attacker();
                attacker.upgrade("");
                for (int j = 0; j < 8; j++) {
                    attacker.text("40/any-" + i + "-" + j + ",");
                }
            }
            scene.awaitCount(Counter.UNKNOWN_NAMESPACE, 60);
            assertThat(scene.count(Counter.SOCKETS_CONNECTED)).isEqualTo(Scene.BYSTANDERS + 20);
        }
    }

    @Test
    void shouldCloseWhoNeverEntersANamespace() throws Exception {
        try (Scene scene = new Scene(c -> c.connectTimeoutMillis = 500)) {
            long began = System.nanoTime();
            Attacker attacker = scene.attacker();
            attacker.upgrade("");
            attacker.next();
            attacker.text("40/nowhere,");
            attacker.text("40/target,{\"token\":\"bad\"}");
            attacker.text("40/target,{\"token\":\"later\"}");
            assertThat(attacker.end()).isEqualTo("closed 1000");
            assertThat(attacker.reason()).isEqualTo(CloseReason.CONNECT_TIMEOUT.sentence());
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(500));
            assertThat(scene.count(Counter.CONNECT_TIMEOUTS)).isEqualTo(1);
        }
    }
}
