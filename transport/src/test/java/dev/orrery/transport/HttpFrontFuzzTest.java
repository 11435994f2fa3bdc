package dev.orrery.transport;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.orrery.wire.Fuzzing;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * What a client sends over one HTTP connection: requests, those of a polling session among them, and what follows an upgrade. Parts are
 * separated by 1D; {@code $SID} becomes the id of the last session that was opened.
 */
final class HttpFrontFuzzTest {
    private static final Limits LIMITS = Limits.DEFAULT.with(limits -> {
        limits.maxPayloadBytes = 512;
        limits.maxBodyBytes = 256;
        limits.maxHeaderBytes = 1_024;
    });
    private static final TransportConfig CONFIG = TransportConfig.DEFAULT.with(config -> config.limits = LIMITS);
    private static final Pattern SID = Pattern.compile("0\\{\"sid\":\"([^\"]+)\"");
    private static final ListAppender<ILoggingEvent> LOG = log();

    @Test
    void shouldBearAnyRequestsAndKeepNoBuffer() throws IOException {
        Fuzzing.run(HttpFrontFuzzTest.class, 5_000, HttpFrontFuzzTest::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        Wire wire = new Wire();
        Transport transport = new Transport(CONFIG, List.of(wire.eventLoop()));
        Namespaces namespaces = new Namespaces(transport);
        namespaces
                .of("/")
                .onConnect(socket -> socket.on("echo", (arguments, ack) -> {
                    ack.reply(arguments.toArray());
                    socket.emit("echo", arguments.toArray());
                }));
        transport.add(
                "/socket.io/",
                new EngineEndpoint(transport, session -> new SocketClient(transport, namespaces, session)));
        wire.pipeline()
                .addLast(new HttpServerCodec(new HttpDecoderConfig().setMaxHeaderSize(LIMITS.maxHeaderBytes())))
                .addLast(new BodyAggregator(transport))
                .addLast(new HttpFront(transport, request -> HttpHandler.Reply.text(200, request.path())));
        String sid = "none";
        for (String part : new String(input, StandardCharsets.ISO_8859_1).split("\u001d", -1)) {
            byte[] bytes = part.replace("$SID", sid).getBytes(StandardCharsets.ISO_8859_1);
            wire.send(bytes, Math.max(bytes.length, 1));
            Matcher opened = SID.matcher(new String(wire.answers(), StandardCharsets.ISO_8859_1));
            while (opened.find()) {
                sid = opened.group(1);
            }
        }
        wire.end();
        transport.close();
        if (!LOG.list.isEmpty()) {
            ILoggingEvent event = LOG.list.getFirst();
            LOG.list.clear();
            throw new AssertionError(
                    event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
    }

    /** Exceptions that end a connection or a session are logged: here, none may be. */
    private static ListAppender<ILoggingEvent> log() {
        ListAppender<ILoggingEvent> appender = new ListAppender<>() {
            @Override
            protected void append(ILoggingEvent event) {
                if (event.getThrowableProxy() != null
                        && !event.getThrowableProxy().getClassName().contains("PrematureChannelClosure")) {
                    super.append(event);
                }
            }
        };
        Logger logger = (Logger) LoggerFactory.getLogger(HttpFront.class.getPackageName());
        logger.setLevel(Level.DEBUG);
        logger.setAdditive(false);
        logger.addAppender(appender);
        appender.start();
        return appender;
    }
}
