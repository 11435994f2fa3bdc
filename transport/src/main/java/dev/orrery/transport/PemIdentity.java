package dev.orrery.transport;

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
import java.util.List;

/**
 * Who a server is, as read from its files in PEM. Immutable; may be used by any thread.
 *
 * @param chain the server's own certificate first
 * @param key that of the first certificate
 */
public record PemIdentity(List<X509Certificate> chain, PrivateKey key) {
    private static final String KEY_BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String KEY_END = "-----END PRIVATE KEY-----";

    /**
     * Reads the files and sees that they belong together. Blocks.
     *
     * @throws IOException in a sentence, if they cannot be used
     */
    public static PemIdentity read(TransportConfig.Tls files) throws IOException {
        try {
            X509Certificate[] chain = chain(files.certificate());
            PrivateKey key = key(files.key(), chain[0].getPublicKey().getAlgorithm());
            requirePair(chain[0], key);
            return new PemIdentity(List.of(chain), key);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(
                    "cannot use " + files.certificate() + " with " + files.key() + ": " + e.getMessage(), e);
        }
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "PemIdentity[" + chain.getFirst().getSubjectX500Principal() + "]";
    }

    private static X509Certificate[] chain(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            X509Certificate[] chain = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toArray(X509Certificate[]::new);
            if (chain.length == 0) {
                throw new IOException("the first holds no certificate in PEM");
            }
            return chain;
        }
    }

    private static PrivateKey key(Path file, String algorithm) throws IOException, GeneralSecurityException {
        String text = Files.readString(file);
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
