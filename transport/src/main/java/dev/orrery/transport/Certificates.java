package dev.orrery.transport;

import dev.orrery.wire.Counters;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
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
        private UnusableException(@Nullable String message, Throwable cause) {
            super(message, cause);
        }
    }

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
            PemIdentity identity = PemIdentity.read(files);
            return SslContextBuilder.forServer(identity.key(), identity.chain())
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
        } catch (IOException e) {
            throw new UnusableException(e.getMessage(), e);
        }
    }
}
