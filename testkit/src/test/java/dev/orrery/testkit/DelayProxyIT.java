package dev.orrery.testkit;

import static dev.orrery.testkit.Link.receive;
import static dev.orrery.testkit.Link.send;
import static dev.orrery.testkit.Link.travelMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The proxy between real sockets, in real time: lower bounds are strict, upper bounds ten times generous. The timeout has a
 * thread of its own, because no interrupt ends a write that blocks.
 */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DelayProxyIT {
    private static final Delay NONE = new Delay(0, 0);

    @Test
    void shouldDelayBothDirections() throws IOException {
        try (Link link = Link.open(new Delay(50, 20), 1)) {
            for (int i = 0; i < 5; i++) {
                assertThat(travelMillis(link.client(), link.server())).isBetween(50.0, 700.0);
                assertThat(travelMillis(link.server(), link.client())).isBetween(50.0, 700.0);
            }
        }
    }

    @Test
    void shouldDelayAllChunksAlikeAndNotOneAfterTheOther() throws Exception {
        try (Link link = Link.open(new Delay(100, 0), 1)) {
            long start = System.nanoTime();
            for (int i = 0; i < 40; i++) {
                send(link.client(), "x");
                Thread.sleep(1);
            }
            receive(link.server(), 40);
            assertThat((System.nanoTime() - start) / 1e6).isBetween(140.0, 1_400.0);
        }
    }

    @Test
    void shouldKeepEveryByteInOrder() throws Exception {
        byte[] sent = new byte[5_000_000];
        new Random(7).nextBytes(sent);
        try (Link link = Link.open(new Delay(1, 5), 1)) {
            CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> {
                try {
                    return link.server().getInputStream().readNBytes(sent.length);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            for (int at = 0, length = 1; at < sent.length; at += length, length = length * 3 % 40_009) {
                length = Math.min(length, sent.length - at);
                link.client().getOutputStream().write(sent, at, length);
            }
            assertThat(received.get()).isEqualTo(sent);
        }
    }

    @Test
    void shouldMakeASenderWaitWhenNobodyReads() throws Exception {
        try (Link link = Link.open(NONE, 1)) {
            byte[] much = new byte[64 << 20];
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                try {
                    link.client().getOutputStream().write(much);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            Thread.sleep(500);
            assertThat(writing).isNotDone();
            assertThat(link.server().getInputStream().readNBytes(much.length)).isEqualTo(much);
            writing.get();
        }
    }

    @Test
    void shouldChangeTheDelayWhileRunning() throws IOException {
        try (Link link = Link.open(new Delay(1, 0), 1)) {
            assertThat(travelMillis(link.client(), link.server())).isLessThan(75);
            link.proxy().delay(new Delay(80, 0));
            assertThat(travelMillis(link.client(), link.server())).isGreaterThanOrEqualTo(80);
        }
    }

    @Test
    void shouldHoldEverythingBackInAStall() throws IOException {
        try (Link link = Link.open(NONE, 1)) {
            link.proxy().stall(200);
            link.proxy().stall(1);
            long start = System.nanoTime();
            send(link.server(), "down");
            assertThat(travelMillis(link.client(), link.server())).isBetween(150.0, 2_000.0);
            assertThat(receive(link.client(), 4)).isEqualTo("down");
            assertThat((System.nanoTime() - start) / 1e6).isBetween(150.0, 2_000.0);
            assertThat(travelMillis(link.client(), link.server())).isLessThan(150);
        }
    }

    @Test
    void shouldStallWhatIsUnderWay() throws Exception {
        try (Link link = Link.open(new Delay(200, 0), 1)) {
            send(link.client(), "x");
            Thread.sleep(50);
            long start = System.nanoTime();
            link.proxy().stall(400);
            receive(link.server(), 1);
            assertThat((System.nanoTime() - start) / 1e6).isBetween(400.0, 4_000.0);
        }
    }

    @Test
    void shouldPassOnAHalfCloseAndStayOpenTheOtherWay() throws IOException {
        try (Link link = Link.open(new Delay(30, 0), 1)) {
            long start = System.nanoTime();
            send(link.client(), "last");
            link.client().shutdownOutput();
            assertThat(receive(link.server(), 5)).isEqualTo("last");
            assertThat((System.nanoTime() - start) / 1e6).isGreaterThanOrEqualTo(30);

            send(link.server(), "answer");
            link.server().shutdownOutput();
            assertThat(receive(link.client(), 7)).isEqualTo("answer");
            awaitNoConnections(link.proxy());
        }
    }

    @Test
    void shouldPassOnAReset() throws IOException {
        try (Link link = Link.open(new Delay(30, 0), 1)) {
            long start = System.nanoTime();
            link.client().setSoLinger(true, 0);
            link.client().close();
            assertReset(link.server());
            assertThat((System.nanoTime() - start) / 1e6).isBetween(30.0, 300.0);
            awaitNoConnections(link.proxy());
        }
    }

    @Test
    void shouldPassOnAResetThatFollowsAHalfClose() throws IOException {
        try (Link link = Link.open(NONE, 1)) {
            link.server().shutdownOutput();
            assertThat(receive(link.client(), 1)).isEmpty();
            link.server().setSoLinger(true, 0);
            link.server().close();
            assertThatIOException().isThrownBy(() -> {
                while (true) {
                    send(link.client(), "anybody?");
                }
            });
            awaitNoConnections(link.proxy());
        }
    }

    @Test
    void shouldDropAllConnectionsInACutAndTakeNewOnes() throws IOException {
        try (Link link = Link.open(new Delay(20, 0), 1);
                Socket second = Link.connect(link.proxy());
                Socket secondServer = link.listener().accept()) {
            send(link.client(), "lost");
            link.proxy().cut();
            for (Socket socket : new Socket[] {link.client(), link.server(), second, secondServer}) {
                assertReset(socket);
            }
            assertThat(link.proxy().connectionCount()).isZero();

            try (Socket third = Link.connect(link.proxy());
                    Socket thirdServer = link.listener().accept()) {
                assertThat(travelMillis(third, thirdServer)).isBetween(20.0, 200.0);
            }
        }
    }

    @Test
    void shouldCloseAllWhenClosed() throws IOException {
        try (Link link = Link.open(NONE, 1)) {
            link.proxy().close();
            assertReset(link.client());
            assertReset(link.server());
            assertThatIOException()
                    .isThrownBy(() -> Link.connect(link.proxy()).close())
                    .isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void shouldResetAClientWhenNobodyListensAtTheTarget() throws IOException {
        try (Link link = Link.open(NONE, 1)) {
            link.listener().close();
            try (Socket client = Link.connect(link.proxy())) {
                assertReset(client);
            }
        }
    }

    /** A socket whose peer gave up says so; one that only waited in vain fails here. */
    private static void assertReset(Socket socket) {
        assertThatExceptionOfType(SocketException.class)
                .isThrownBy(() -> socket.getInputStream().read());
    }

    /** The sockets at both ends learn of an end a moment before the proxy forgets the connection. */
    private static void awaitNoConnections(DelayProxy proxy) {
        for (int i = 0; i < 500 && proxy.connectionCount() > 0; i++) {
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        assertThat(proxy.connectionCount()).isZero();
    }
}
