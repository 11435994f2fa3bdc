package dev.orrery.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Finds or starts the servers under test; those that it started run until the last test of the JVM has ended. */
final class ConformanceTargets implements ArgumentsProvider, AnnotationConsumer<Conformance> {
    private static final List<Start> STARTS = List.of(new Start(300, 200, false), new Start(25_000, 20_000, false));
    private static final String LOOPBACK = "127.0.0.1";

    private boolean secure;

    /** How a server is started; also the key under which it is found again. */
    private record Start(long pingIntervalMillis, long pingTimeoutMillis, boolean secure) {}

    @Override
    public void accept(Conformance conformance) {
        secure = conformance.secure();
    }

    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        if (System.getProperty("conformance.url") != null) {
            String url = System.getProperty(secure ? "conformance.secureUrl" : "conformance.url");
            return url == null ? Stream.empty() : Stream.of(Arguments.of(running(URI.create(url))));
        }
        return STARTS.stream().map(start -> Arguments.of(started(context, start)));
    }

    private static ConformanceTarget running(URI url) {
        return new ConformanceTarget(
                url.getHost(),
                url.getPort(),
                Long.getLong("conformance.pingInterval", 300),
                Long.getLong("conformance.pingTimeout", 200));
    }

    private ConformanceTarget started(ExtensionContext context, Start figures) {
        Start key = new Start(figures.pingIntervalMillis, figures.pingTimeoutMillis, secure);
        ConformanceServer server = Objects.requireNonNull(context.getRoot()
                .getStore(ExtensionContext.Namespace.create(ConformanceTargets.class))
                .computeIfAbsent(key, ConformanceTargets::start, ConformanceServer.class));
        return new ConformanceTarget(LOOPBACK, server.port(), key.pingIntervalMillis, key.pingTimeoutMillis);
    }

    private static ConformanceServer start(Start figures) {
        try {
            return ConformanceServer.start(0, figures.pingIntervalMillis, figures.pingTimeoutMillis, figures.secure);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
