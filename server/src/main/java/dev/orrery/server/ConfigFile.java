package dev.orrery.server;

import dev.orrery.rules.Settings;
import dev.orrery.transport.Limits;
import dev.orrery.transport.Network;
import dev.orrery.transport.Rate;
import dev.orrery.transport.TransportConfig;
import dev.orrery.transport.TransportConfig.Tls;
import dev.orrery.wire.PacketLimits;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a node's configuration from a file in HOCON. Every key is optional; {@code orrery-reference.conf} has them all, with their
 * meanings and defaults. Bounds are not said here: they are those of the records' constructors. May be used by any thread.
 */
public final class ConfigFile {
    private ConfigFile() {}

    /**
     * Reads a file, and what it includes, with the process's environment for {@code ${?NAME}}.
     *
     * @throws UnusableConfigException with everything that is wrong, a sentence each
     */
    public static ServerConfig read(Path file) throws UnusableConfigException {
        return read(file, System.getenv());
    }

    static ServerConfig read(Path file, Map<String, String> environment) throws UnusableConfigException {
        ConfigText text = ConfigText.read(file, environment);
        Path folder = file.toAbsolutePath().getParent();
        ServerConfig defaults = ServerConfig.of(
                        TransportConfig.DEFAULT.host(),
                        TransportConfig.DEFAULT.port(),
                        folder == null ? Path.of("data") : folder.resolve("data"))
                .withAdmin(AdminConfig.DEFAULT);
        ConfigSection root = text.root();
        TransportConfig transport = transport(root.section("listen"), defaults.transport());
        SettingsPatch settings = settings(root.section("settings"));
        JoinConfig joins = joins(root.section("join"));
        InstanceConfig instances = instances(root.section("instances"));
        AdminConfig admin = admin(root);
        ServerConfig config = root.build(
                defaults,
                () -> new ServerConfig(
                        transport,
                        root.path("data", defaults.dataFolder()),
                        root.text("region", defaults.region()),
                        workers(root, defaults.workers()),
                        settings,
                        joins,
                        instances,
                        admin));
        root.complainOfUnknown();
        text.requireNoComplaints();
        return config;
    }

    private static int workers(ConfigSection root, int auto) {
        return root.text("workers", "auto").equals("auto") ? auto : root.whole("workers", auto);
    }

    private static TransportConfig transport(ConfigSection listen, TransportConfig defaults) {
        Limits limits = limits(listen.section("limits"), defaults.limits());
        Tls tls = tls(listen);
        return listen.build(
                defaults,
                () -> defaults.with(draft -> {
                    draft.host = listen.text("host", draft.host);
                    draft.port = listen.whole("port", draft.port);
                    draft.threads = listen.whole("threads", draft.threads);
                    draft.origins =
                            new HashSet<>(listen.list("origins", "\"https://play.example\"", ConfigFile::origin));
                    draft.trustedProxies = listen.list("trusted-proxies", "\"10.0.0.0/8\"", Network::parse);
                    draft.tls = tls;
                    draft.epoll = listen.flag("epoll", draft.epoll);
                    draft.reusePort = listen.flag("reuse-port", draft.reusePort);
                    draft.compression = listen.flag("compression", draft.compression);
                    draft.pingIntervalMillis = listen.millis("ping-interval", (int) draft.pingIntervalMillis);
                    draft.pingTimeoutMillis = listen.millis("ping-timeout", (int) draft.pingTimeoutMillis);
                    draft.connectTimeoutMillis = listen.millis("connect-timeout", (int) draft.connectTimeoutMillis);
                    draft.limits = limits;
                }));
    }

    /** As browsers send it: anything more would never be equal to what they send. */
    private static String origin(String origin) {
        URI uri = URI.create(origin.equals("*") ? "https://any" : origin);
        boolean bare = uri.getHost() != null
                && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                && uri.getPath().isEmpty();
        if (!bare) {
            throw new IllegalArgumentException(
                    "an origin is scheme, host and port, such as https://play.example, or * for any");
        }
        return origin.toLowerCase(Locale.ROOT);
    }

    private static @Nullable Tls tls(ConfigSection listen) {
        if (!listen.has("tls")) {
            return null;
        }
        ConfigSection tls = listen.section("tls");
        return new Tls(
                ConfigFiles.file(tls, "certificate", "the file with the chain of certificates in PEM", false),
                ConfigFiles.file(tls, "key", "the file with the private key in PEM", true));
    }

    private static Limits limits(ConfigSection from, Limits defaults) {
        PacketLimits packet = packet(from.section("packet"), defaults.packet());
        Rate connects = rate(from.section("connects"), defaults.connects());
        Rate handshakes = rate(from.section("handshakes"), defaults.handshakes());
        Rate messages = rate(from.section("messages"), defaults.messages());
        Rate messageBytes = rate(from.section("message-bytes"), defaults.messageBytes());
        Rate controlFrames = rate(from.section("control-frames"), defaults.controlFrames());
        return from.build(
                defaults,
                () -> new Limits(
                        packet,
                        from.smallBytes("max-payload", defaults.maxPayloadBytes()),
                        from.smallBytes("max-body", defaults.maxBodyBytes()),
                        from.smallBytes("max-header", defaults.maxHeaderBytes()),
                        from.whole("max-fragments", defaults.maxFragments()),
                        from.millis("request-timeout", defaults.requestTimeoutMillis()),
                        from.millis("keep-alive", defaults.keepAliveMillis()),
                        from.whole("max-connections", defaults.maxConnections()),
                        from.whole("max-connections-per-address", defaults.maxConnectionsPerAddress()),
                        connects,
                        from.whole("max-sessions-per-address", defaults.maxSessionsPerAddress()),
                        handshakes,
                        messages,
                        messageBytes,
                        controlFrames,
                        from.whole("max-namespaces", defaults.maxNamespaces()),
                        from.whole("max-pattern-namespaces", defaults.maxPatternNamespaces()),
                        from.whole("max-rooms", defaults.maxRooms()),
                        from.whole("max-acks", defaults.maxAcks()),
                        from.smallBytes("max-pending", defaults.maxPendingBytes()),
                        from.smallBytes("max-queued", defaults.maxQueuedBytes())));
    }

    private static PacketLimits packet(ConfigSection from, PacketLimits defaults) {
        return from.build(
                defaults,
                () -> new PacketLimits(
                        from.whole("max-namespace-length", defaults.maxNamespaceLength()),
                        from.whole("max-attachments", defaults.maxAttachments()),
                        from.smallBytes("max-size", defaults.maxBytes()),
                        from.whole("max-depth", defaults.maxDepth())));
    }

    private static Rate rate(ConfigSection from, Rate defaults) {
        return from.build(
                defaults,
                () -> new Rate(
                        from.decimal("per-second", defaults.perSecond()), from.decimal("burst", defaults.burst())));
    }

    private static SettingsPatch settings(ConfigSection from) {
        return from.build(SettingsPatch.NONE, () -> {
            SettingsPatch patch = new SettingsPatch(
                    given(from, "tick-rate", from.millis("tick-rate", 0)),
                    given(from, "movement-speed", from.decimal("movement-speed", 0)),
                    given(from, "broadcast-frames", from.whole("broadcast-frames", 0)),
                    given(from, "smoothing", from.seconds("smoothing", 0)),
                    given(from, "max-players", from.whole("max-players", 0)),
                    given(from, "reconnect-attempts", from.whole("reconnect-attempts", 0)));
            patch.apply(Settings.DEFAULT); // for its bounds, which are the same whatever the game's own settings are
            return patch;
        });
    }

    /** What was read; null if it is not given, or could not be read. */
    private static <T> @Nullable T given(ConfigSection from, String key, T read) {
        return from.has(key) ? read : null;
    }

    private static InstanceConfig instances(ConfigSection from) {
        InstanceConfig defaults = InstanceConfig.DEFAULT;
        ServerMetrics.LoadLimits load = loadLimits(from.section("load"), defaults.loadLimits());
        return from.build(
                defaults,
                () -> new InstanceConfig(
                        from.whole("max", defaults.max()),
                        from.millis("grace", defaults.graceMillis()),
                        from.millis("hibernate-after", defaults.hibernateAfterMillis()),
                        from.millis("close-after", defaults.closeAfterMillis()),
                        from.millis("drain", defaults.drainMillis()),
                        from.millis("hang-after", defaults.hangAfterMillis()),
                        load));
    }

    private static ServerMetrics.LoadLimits loadLimits(ConfigSection from, ServerMetrics.LoadLimits defaults) {
        return from.build(
                defaults,
                () -> new ServerMetrics.LoadLimits(
                        from.decimal("max-message-rate", defaults.maxMessageRate()),
                        from.bytes("max-state-size", defaults.maxStateSize()),
                        from.decimal("cpu-threshold", defaults.cpuThreshold())));
    }

    private static JoinConfig joins(ConfigSection from) {
        JoinConfig defaults = JoinConfig.DEFAULT;
        Rate rate = rate(from.section("rate"), defaults.rate());
        JoinConfig.TokenConfig tokens = from.has("tokens") ? tokens(from.section("tokens")) : null;
        return from.build(defaults, () -> new JoinConfig(rate, from.flag("guests", defaults.guests()), tokens));
    }

    private static JoinConfig.TokenConfig tokens(ConfigSection from) {
        Path keys = from.has("keys") ? ConfigFiles.file(from, "keys", "a JWK set", false) : null;
        return from.build(
                new JoinConfig.TokenConfig(ConfigFiles.NOT_READ, null, "", ""),
                () -> new JoinConfig.TokenConfig(
                        ConfigFiles.secret(from, "secret"), keys, from.text("issuer", ""), from.text("audience", "")));
    }

    private static @Nullable AdminConfig admin(ConfigSection root) {
        if (root.isOff("admin")) {
            return null;
        }
        ConfigSection from = root.section("admin");
        AdminConfig defaults = AdminConfig.DEFAULT;
        Tls tls = tls(from);
        return from.build(
                defaults,
                () -> new AdminConfig(
                        from.text("host", defaults.host()),
                        from.whole("port", defaults.port()),
                        tls,
                        from.flag("behind-proxy", defaults.behindProxy()),
                        Set.copyOf(from.list("hosts", "\"admin.play.example\"", String::strip)),
                        ConfigFiles.secret(from, "token")));
    }
}
