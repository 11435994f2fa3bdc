package dev.orrery.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.transport.TransportConfig;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The management port over TLS, with a certificate made for the test. */
final class ManagementTlsIT {
    @TempDir
    private Path data = Path.of("");

    private X509Bundle certify(CertificateBuilder.Algorithm algorithm) throws Exception {
        X509Bundle bundle = new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .algorithm(algorithm)
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        Files.writeString(data.resolve("key.pem"), bundle.getPrivateKeyPEM());
        Files.writeString(data.resolve("chain.pem"), bundle.getCertificatePathPEM());
        return bundle;
    }

    private Managed start() throws IOException {
        TransportConfig.Tls files = new TransportConfig.Tls(data.resolve("chain.pem"), data.resolve("key.pem"));
        return new Managed(data, Managed.admin(files, false), config -> config);
    }

    private static SSLContext trusting(X509Bundle bundle) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("own", bundle.getCertificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @ParameterizedTest
    @EnumSource(
            value = CertificateBuilder.Algorithm.class,
            names = {"ecp256", "rsa2048"})
    void shouldSpeakTls(CertificateBuilder.Algorithm algorithm) throws Exception {
        X509Bundle bundle = certify(algorithm);
        try (Managed managed = start();
                HttpClient client =
                        HttpClient.newBuilder().sslContext(trusting(bundle)).build()) {
            assertThat(managed.server().adminUrl()).startsWith("https://");
            URI base = URI.create("https://localhost:" + managed.server().adminPort());
            HttpRequest node = HttpRequest.newBuilder(base.resolve("/api/v1/node"))
                    .header("Authorization", "Bearer " + Managed.TOKEN)
                    .build();
            assertThat(client.send(node, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
            HttpRequest login = HttpRequest.newBuilder(base.resolve("/login"))
                    .header("Origin", base.toString())
                    .POST(HttpRequest.BodyPublishers.ofString("{\"token\":\"" + Managed.TOKEN + "\"}"))
                    .build();
            HttpResponse<String> reply = client.send(login, HttpResponse.BodyHandlers.ofString());
            assertThat(reply.statusCode()).isEqualTo(200);
            assertThat(reply.headers().firstValue("set-cookie").orElse(""))
                    .startsWith("__Host-orrery-")
                    .endsWith("; Secure");
            HttpRequest inTheClear = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + managed.server().adminPort() + "/health/live"))
                    .build();
            assertThatThrownBy(() -> client.send(inTheClear, HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void shouldSayWhatIsWrongWithTheFiles() throws Exception {
        assertThatThrownBy(this::start).isInstanceOf(IOException.class).hasMessageContaining("cannot use");
        certify(CertificateBuilder.Algorithm.ecp256);
        String chain = Files.readString(data.resolve("chain.pem"));
        certify(CertificateBuilder.Algorithm.ecp256);
        Files.writeString(data.resolve("chain.pem"), chain);
        assertThatThrownBy(this::start).hasMessageContaining("the key is not that of the certificate");
    }
}
