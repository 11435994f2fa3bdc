package dev.orrery.transport;

import dev.orrery.wire.Counters;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's certificate, read again when its files change: new connections get the new one. Files that cannot be used leave the old
 * one in place. May be used by any thread.
 */
final class Certificates {
    private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);

    /** Files that cannot be used, in a sentence. */
    static final class UnusableException extends IOException {
        private UnusableException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private static final String KEY_BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String KEY_END = "-----END PRIVATE KEY-----";

    private final TransportConfig.Tls files;
    private final Counters<Counter> counters;
    private volatile SslContext context;
    private String version;

    /** @throws UnusableException if the files cannot be used */
    Certificates(TransportConfig.Tls files, Counters<Counter> counters) throws UnusableException {
        this.files = files;
        this.counters = counters;
        this.version = version();
        this.context = load();
    }

    SslContext context() {
        return context;
    }

    /** Reads the files if they have changed. Blocks. */
    synchronized void refresh() {
        try {
            String found = version();
            if (!found.equals(version)) {
                version = found;
                context = load();
                counters.increment(Counter.CERTIFICATES_LOADED);
                LOG.info("the certificate in {} has changed; new connections get it", files.certificate());
            }
        } catch (UnusableException e) {
            counters.increment(Counter.CERTIFICATES_REFUSED);
            LOG.error("the certificate stays as it was: {}", e.getMessage());
        }
    }

    private String version() throws UnusableException {
        return version(files.certificate()) + " " + version(files.key());
    }

    private static String version(Path file) throws UnusableException {
        try {
            return Files.getLastModifiedTime(file) + "/" + Files.size(file);
        } catch (IOException e) {
            throw new UnusableException("cannot read " + file, e);
        }
    }

    private SslContext load() throws UnusableException {
        try {
            X509Certificate[] chain = chain();
            PrivateKey key = key(chain[0].getPublicKey().getAlgorithm());
            requirePair(chain[0], key);
            return SslContextBuilder.forServer(key, chain)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new UnusableException(
                    "cannot use " + files.certificate() + " with " + files.key() + ": " + e.getMessage(), e);
        }
    }

    private X509Certificate[] chain() throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(files.certificate())) {
            X509Certificate[] chain = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toArray(X509Certificate[]::new);
            if (chain.length == 0) {
                throw new IOException("the first holds no certificate in PEM");
            }
            return chain;
        }
    }

    private PrivateKey key(String algorithm) throws IOException, GeneralSecurityException {
        String text = Files.readString(files.key());
        int begin = text.indexOf(KEY_BEGIN);
        int end = text.indexOf(KEY_END);
        if (begin < 0 || end < begin) {
            throw new IOException("the key must be PKCS #8 in PEM, without a password;"
                    + " openssl pkcs8 -topk8 -nocrypt -in key.pem makes it of another");
        }
        byte[] content = Base64.getMimeDecoder().decode(text.substring(begin + KEY_BEGIN.length(), end));
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(content));
    }

    /** Signs something with the key, to see that the certificate is its own: otherwise every handshake would fail. */
    private static void requirePair(X509Certificate certificate, PrivateKey key) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        byte[] probe = {1};
        Signature signer = Signature.getInstance(algorithm);
        signer.initSign(key);
        signer.update(probe);
        byte[] signature = signer.sign();
        signer.initVerify(certificate.getPublicKey());
        signer.update(probe);
        if (!signer.verify(signature)) {
            throw new GeneralSecurityException("the key is not that of the certificate");
        }
    }
}
