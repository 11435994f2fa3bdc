package dev.orrery.transport;

import dev.orrery.wire.Counters;
import dev.orrery.wire.WireException;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Socket.IO server on one port, together with whatever else is answered over HTTP there. epoll where the system has it, NIO
 * elsewhere. May be used by any thread.
 *
 * <pre>{@code
 * SocketServer server = new SocketServer(TransportConfig.DEFAULT, HttpHandler.NONE);
 * server.of("/").onConnect(socket -> socket.on("echo", (arguments, ack) -> ack.reply(arguments.getFirst())));
 * server.listen();
 * }</pre>
 */
public final class SocketServer implements AutoCloseable {
    private static final String SOCKET_PATH = "/socket.io/";
    private static final long CLOSE_TIMEOUT_MILLIS = 2_000;
    /** How long clients get to read why they are sent away. */
    private static final long FAREWELL_MILLIS = 300;

    private static final long SWEEP_SECONDS = 10;
    private static final long CERTIFICATE_SECONDS = 1;
    private static final int BACKLOG = 1_024;

    private final TransportConfig config;
    private final HttpHandler handler;
    private final boolean epoll;
    private final MultiThreadIoEventLoopGroup loops;
    private final Transport transport;
    private final Namespaces namespaces;
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final ExecutorService handshakes = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable Channel listening;
    private volatile int port;
    private volatile @Nullable Certificates certificates;

    /**
     * A server that does not listen yet.
     *
     * @param handler answers requests that are not Socket.IO's
     */
    public SocketServer(TransportConfig config, HttpHandler handler) {
        this.config = config;
        this.handler = handler;
        epoll = config.epoll() && Epoll.isAvailable();
        IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        loops = new MultiThreadIoEventLoopGroup(config.threads(), io);
        List<EventLoop> all = new ArrayList<>();
        for (EventExecutor executor : loops) {
            all.add((EventLoop) executor);
        }
        transport = new Transport(config, all);
        namespaces = new Namespaces(transport);
        engine(SOCKET_PATH, session -> new SocketClient(transport, namespaces, session));
        loops.scheduleAtFixedRate(transport.addresses()::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    /** The namespace of that name; opened if there is none. */
    public Namespace of(String name) {
        return namespaces.of(name);
    }

    /**
     * Namespaces whose whole name the pattern matches come into being when the first client connects, and go with the last.
     *
     * @param setUp says of each what happens in it
     */
    public void of(Pattern names, Consumer<Namespace> setUp) {
        namespaces.of(names, setUp);
    }

    /** Serves bare Engine.IO at a path of its own, beside {@code /socket.io/}. */
    public void engine(String path, EngineHandler sessions) {
        transport.add(path, new EngineEndpoint(transport, sessions));
    }

    /** A new feed to the sockets of this server. */
    public <F> Feed<F> feed() {
        return new Feed<>(transport);
    }

    /** Makes something for each connection thread of this server. */
    public <T> PerThread<T> perThread(Supplier<T> maker) {
        return transport.perThread(loop -> maker.get());
    }

    /**
     * Starts to listen.
     *
     * @throws IOException in a sentence, if the address cannot be listened on or the certificate not be used
     */
    public SocketServer listen() throws IOException {
        Class<? extends ServerChannel> type = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        int pending = config.limits().maxPendingBytes();
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(type)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(pending / 2, pending))
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        begin(channel);
                    }
                });
        if (config.reusePort()) {
            bootstrap.option(
                    epoll ? EpollChannelOption.SO_REUSEPORT : NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT),
                    true);
        }
        try {
            readCertificates();
            Channel channel =
                    bootstrap.bind(config.host(), config.port()).sync().channel();
            port = ((InetSocketAddress) channel.localAddress()).getPort();
            listening = channel;
            return this;
        } catch (Certificates.UnusableException e) {
            close();
            throw e;
        } catch (Exception e) {
            close();
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("cannot listen on " + config.host() + ":" + config.port() + ": " + reason(e), e);
        }
    }

    private void readCertificates() throws Certificates.UnusableException {
        if (config.tls() != null) {
            Certificates read = new Certificates(config.tls(), transport.counters());
            certificates = read;
            loops.scheduleWithFixedDelay(
                    () -> Thread.startVirtualThread(read::refresh),
                    CERTIFICATE_SECONDS,
                    CERTIFICATE_SECONDS,
                    TimeUnit.SECONDS);
        }
    }

    private static String reason(Exception e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("Address already in use")) {
            return "another program listens there; stop it, or take another port (0 takes a free one)";
        }
        if (e instanceof UnresolvedAddressException || e instanceof UnknownHostException) {
            return "there is no host of that name";
        }
        return message;
    }

    /** A new connection, before it has said anything. */
    private void begin(SocketChannel channel) {
        Addresses addresses = transport.addresses();
        if (!addresses.admit()) {
            refuse(channel);
            return;
        }
        channel.closeFuture().addListener(gone -> addresses.dismiss());
        ChannelPipeline pipeline = channel.pipeline();
        InetAddress peer = Proxies.peer(channel);
        if (transport.proxies().trusts(peer)) {
            pipeline.addLast(new ProxyDetector(transport));
        } else if (addresses.connect(peer)) {
            channel.closeFuture().addListener(gone -> addresses.disconnect(peer));
        } else {
            refuse(channel);
            return;
        }
        channels.add(channel);
        channel.config().setRecvByteBufAllocator(transport.readBuffers(channel.eventLoop()));
        Certificates current = certificates;
        if (current != null) {
            // Signatures take a millisecond: not on the loop that serves everybody else.
            pipeline.addLast(current.context().newHandler(channel.alloc(), handshakes));
        }
        Limits limits = config.limits();
        pipeline.addLast(new HttpServerCodec(new HttpDecoderConfig().setMaxHeaderSize(limits.maxHeaderBytes())));
        pipeline.addLast(new BodyAggregator(transport)).addLast(new HttpFront(transport, handler));
    }

    private void refuse(SocketChannel channel) {
        transport.counters().increment(Counter.CONNECTIONS_REFUSED);
        channel.close();
    }

    /** The port listened on, also when the configuration left it open; 0 before {@link #listen}. */
    public int port() {
        return port;
    }

    public Counters<Counter> counters() {
        return transport.counters();
    }

    /** Packets that no correct client sends, by what was wrong with them. */
    public Counters<WireException.Reason> malformed() {
        return transport.malformed();
    }

    /** Connections that are open. */
    public int connectionCount() {
        return transport.addresses().connectionCount();
    }

    /** Closes a namespace: its clients get a DISCONNECT, new ones "Invalid namespace". */
    public void close(Namespace namespace) {
        namespaces.remove(namespace);
        namespace.close();
    }

    /** New connections are not taken any more; those that are open go on. Not on a connection's thread. */
    public void stopListening() {
        Channel channel = listening;
        if (channel != null) {
            channel.close().syncUninterruptibly();
        }
    }

    /** Stops listening, tells all clients, and closes all connections. Further calls do nothing. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        if (transport.loops().stream().anyMatch(EventLoop::inEventLoop)) {
            Thread.startVirtualThread(this::end); // it waits for the loop on which this was called
        } else {
            end();
        }
    }

    private void end() {
        stopListening();
        boolean told = false;
        for (EngineEndpoint endpoint : transport.endpoints()) {
            told |= endpoint.hasSessions();
            endpoint.close();
        }
        if (told) {
            channels.newCloseFuture().awaitUninterruptibly(FAREWELL_MILLIS);
        }
        channels.close().awaitUninterruptibly(CLOSE_TIMEOUT_MILLIS);
        if (loops.shutdownGracefully(0, CLOSE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(2 * CLOSE_TIMEOUT_MILLIS)) {
            transport.close();
        }
        handshakes.shutdown();
    }
}
