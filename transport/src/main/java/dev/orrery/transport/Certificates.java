package dev.orrery.transport;

import dev.orrery.wire.Counters;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's certificate, read again when its files change: new connections get the new one. Files that cannot be used leave the old
 * one in place. May be used by any thread; {@link #refresh} by one at a time.
 */
final class Certificates {
    private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);

    private final TransportConfig.Tls files;
    private final Counters<Counter> counters;
    private volatile SslContext context;
    private String version;

    /** @throws IOException in a sentence, if the files cannot be used */
    Certificates(TransportConfig.Tls files, Counters<Counter> counters) throws IOException {
        this.files = files;
        this.counters = counters;
        this.version = version();
        this.context = load();
    }

    SslContext context() {
        return context;
    }

    /** Reads the files if they have changed. Blocks. */
    void refresh() {
        try {
            String found = version();
            if (!found.equals(version)) {
                version = found;
                context = load();
                counters.increment(Counter.CERTIFICATES_LOADED);
                LOG.info("the certificate in {} has changed; new connections get it", files.certificate());
            }
        } catch (IOException e) {
            counters.increment(Counter.CERTIFICATES_REFUSED);
            LOG.error("the certificate stays as it was: {}", e.getMessage());
        }
    }

    private String version() throws IOException {
        return version(files.certificate()) + " " + version(files.key());
    }

    private static String version(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException("cannot read " + file);
        }
        return Files.getLastModifiedTime(file) + "/" + Files.size(file);
    }

    private SslContext load() throws IOException {
        try {
            return SslContextBuilder.forServer(
                            files.certificate().toFile(), files.key().toFile())
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(
                    "cannot use " + files.certificate() + " with " + files.key() + ": " + e.getMessage()
                            + " (both must be PEM, the key PKCS #8 without a password)",
                    e);
        }
    }
}
