package dev.orrery.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS from files in PEM, which may change while the server runs. */
final class TlsIT {
    private static final int PATIENCE_MILLIS = 20_000;

    @TempDir
    private Path folder = Path.of("");

    private TransportConfig config() {
        return TransportConfig.DEFAULT.with(c -> {
            c.port = 0;
            c.tls = new TransportConfig.Tls(folder.resolve("chain.pem"), folder.resolve("key.pem"));
        });
    }

    private void writeCertificate(String name, Instant modified) throws Exception {
        X509Bundle bundle = new CertificateBuilder()
                .subject("CN=" + name)
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        Files.writeString(folder.resolve("key.pem"), bundle.getPrivateKeyPEM());
        Files.writeString(folder.resolve("chain.pem"), bundle.getCertificatePathPEM());
        Files.setLastModifiedTime(folder.resolve("chain.pem"), FileTime.from(modified));
    }

    @Test
    void shouldSpeakTlsAndTakeAChangedCertificate() throws Exception {
        writeCertificate("first", Instant.EPOCH);
        try (SocketServer server = new SocketServer(config(), HttpHandler.NONE).listen()) {
            assertThat(subject(server)).isEqualTo("CN=first");
            writeCertificate("second", Instant.EPOCH.plusSeconds(60));
            awaitCount(server, Counter.CERTIFICATES_LOADED);
            assertThat(subject(server)).isEqualTo("CN=second");
        }
    }

    @Test
    void shouldKeepTheOldCertificateWhenTheNewOneCannotBeUsed() throws Exception {
        writeCertificate("first", Instant.EPOCH);
        try (SocketServer server = new SocketServer(config(), HttpHandler.NONE).listen()) {
            Files.writeString(folder.resolve("chain.pem"), "half a certificate");
            awaitCount(server, Counter.CERTIFICATES_REFUSED);
            assertThat(subject(server)).isEqualTo("CN=first");
        }
    }

    @Test
    void shouldSayWhatIsWrongWithTheFiles() throws Exception {
        assertThatThrownBy(() -> listen()).isInstanceOf(IOException.class).hasMessageContaining("cannot read");
        Files.writeString(folder.resolve("chain.pem"), "no certificate");
        Files.writeString(folder.resolve("key.pem"), "no key");
        assertThatThrownBy(() -> listen()).isInstanceOf(IOException.class).hasMessageContaining("cannot use");
    }

    @Test
    void shouldSayHowToMendTheKeyAndThatItIsNotTheCertificates() throws Exception {
        writeCertificate("first", Instant.EPOCH);
        String chain = Files.readString(folder.resolve("chain.pem"));
        writeCertificate("second", Instant.EPOCH);
        Files.writeString(folder.resolve("chain.pem"), chain);
        assertThatThrownBy(() -> listen()).hasMessageContaining("the key is not that of the certificate");
        Files.writeString(
                folder.resolve("key.pem"), "-----BEGIN EC PRIVATE KEY-----\nMHc=\n-----END EC PRIVATE KEY-----\n");
        assertThatThrownBy(() -> listen()).hasMessageContaining("openssl pkcs8 -topk8");
    }

    /** Sessions over TLS go through the same code: a handshake by polling, and a WebSocket that is greeted. */
    @Test
    void shouldServeSocketIoOverTls() throws Exception {
        writeCertificate("first", Instant.EPOCH);
        try (SocketServer server = new SocketServer(config(), HttpHandler.NONE)) {
            server.of("/").onConnect(socket -> socket.emit("large", "x".repeat(100_000)));
            server.listen();
            try (SSLSocket socket = connect(server)) {
                socket.getOutputStream()
                        .write(
                                ("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
                                                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                                        .getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write(new byte[] {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, '4', '0'});
                byte[] received = socket.getInputStream().readNBytes(100_000);
                String text = new String(received, StandardCharsets.ISO_8859_1);
                assertThat(text).contains("HTTP/1.1 101").contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
                assertThat(text).contains("0{\"sid\"").contains("40{\"sid\"").contains("[\"large\",\"xxxx");
            }
        }
    }

    private void listen() throws IOException {
        try (SocketServer server = new SocketServer(config(), HttpHandler.NONE)) {
            server.listen();
        }
    }

    private static void awaitCount(SocketServer server, Counter counter) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (server.counters().count(counter) == 0 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(server.counters().count(counter)).as(counter.meaning()).isPositive();
    }

    private static String subject(SocketServer server) throws Exception {
        try (SSLSocket socket = connect(server)) {
            X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return certificate.getSubjectX500Principal().getName();
        }
    }

    private static SSLSocket connect(SocketServer server) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Trusting()}, null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket();
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress("127.0.0.1", server.port()), PATIENCE_MILLIS);
        socket.startHandshake();
        return socket;
    }

    /** The certificate is the server's own, made for this test. */
    private static final class Trusting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
