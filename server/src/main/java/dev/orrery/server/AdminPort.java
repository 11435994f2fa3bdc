package dev.orrery.server;

import dev.orrery.transport.PemIdentity;
import dev.orrery.wire.JsonWriter;
import io.javalin.config.JettyConfig;
import java.io.IOException;
import java.net.BindException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * How the management port listens: HTTP/1.1, over TLS if there is a certificate. Immutable.
 *
 * @param identity the certificate; null listens in the clear
 */
record AdminPort(AdminConfig config, @Nullable PemIdentity identity) {
    private static final int MAX_THREADS = 8;
    private static final int MIN_THREADS = 1;
    /** Overflow: further ones wait in the system's queue until one of these has ended. */
    private static final int MAX_CONNECTIONS = 256;

    private static final long IDLE_MILLIS = 30_000;
    private static final long STOP_MILLIS = 500;

    /** @throws IOException in a sentence, if the certificate cannot be used */
    static AdminPort of(AdminConfig config) throws IOException {
        return new AdminPort(config, config.tls() == null ? null : PemIdentity.read(config.tls()));
    }

    /** A few threads for its sockets; each request has a virtual one, so slow bodies and waits for ticks hold up nobody. */
    static void configure(JettyConfig jetty) {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
        threads.setName("management");
        threads.setDaemon(true);
        threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        jetty.threadPool = threads;
        jetty.modifyServer(server -> {
            server.setStopTimeout(STOP_MILLIS);
            server.setErrorHandler(AdminPort::refuse);
            server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
        });
        jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setSendDateHeader(false);
            // A player's id is a name of the studio's choice and may hold a slash; no other ambiguity is let in.
            http.setUriCompliance(UriCompliance.DEFAULT.with(
                    "orrery", Violation.AMBIGUOUS_PATH_SEPARATOR, Violation.AMBIGUOUS_PATH_ENCODING));
        });
    }

    Connector connector(Server server, HttpConfiguration http) {
        ServerConnector connector;
        if (identity == null) {
            connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        } else {
            // Whether the name in the certificate is that of the request is the client's business; Host has its own
            // check.
            http.addCustomizer(new SecureRequestCustomizer(false));
            connector = new ServerConnector(
                    server, 1, 1, new SslConnectionFactory(tls(identity), "http/1.1"), new HttpConnectionFactory(http));
        }
        connector.setHost(config.host());
        connector.setPort(config.port());
        connector.setIdleTimeout(IDLE_MILLIS);
        return connector;
    }

    private static SslContextFactory.Server tls(PemIdentity identity) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "orrery", identity.key(), new char[0], identity.chain().toArray(X509Certificate[]::new));
            SslContextFactory.Server tls = new SslContextFactory.Server();
            tls.setKeyStore(store);
            tls.setKeyStorePassword("");
            tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
            return tls;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("a certificate and its key fit into memory", e);
        }
    }

    /** What cannot be read as a request never comes to a route; it gets a sentence too, and no page of the server's maker. */
    private static boolean refuse(Request request, Response response, Callback callback) {
        JsonWriter out = Answers.failure("bad-request", "The request is not one that can be served.");
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json; charset=utf-8");
        response.write(true, ByteBuffer.wrap(out.toBytes()), callback);
        return true;
    }

    /** Why it cannot listen, in a sentence. */
    static IOException unusable(AdminConfig config, Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof BindException)) {
            cause = cause.getCause();
        }
        String reason = cause instanceof BindException
                        && String.valueOf(cause.getMessage()).contains("in use")
                ? "another program listens there; stop it, or take another port (0 takes a free one)"
                : String.valueOf(cause.getMessage());
        return new IOException(
                "cannot listen on " + config.host() + ":" + config.port() + " for management: " + reason, failure);
    }
}
