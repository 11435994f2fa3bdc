package dev.orrery.transport;

import dev.orrery.wire.Counters;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Listens on one port for HTTP and Socket.IO. epoll where the system has it, NIO elsewhere. May be used by any thread.
 */
public final class SocketServer implements AutoCloseable {
    private static final long CLOSE_TIMEOUT_MILLIS = 2_000;
    /** A connection that is no session yet and says nothing for so long is closed. */
    private static final int HTTP_IDLE_SECONDS = 30;

    private final TransportConfig config;
    private final Counters<Counter> counters = new Counters<>(Counter.class);
    private final Namespaces namespaces = new Namespaces();
    private final MultiThreadIoEventLoopGroup loops;
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final Channel listening;
    private final AtomicBoolean closed = new AtomicBoolean();

    private SocketServer(TransportConfig config, HttpHandler handler) throws IOException {
        this.config = config;
        boolean epoll = Epoll.isAvailable();
        IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        Class<? extends ServerChannel> type = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        loops = new MultiThreadIoEventLoopGroup(config.threads(), io);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(type)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, 1_024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(config.maxPendingBytes() / 2, config.maxPendingBytes()))
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        begin(channel, handler);
                    }
                });
        try {
            listening = bootstrap.bind(config.host(), config.port()).sync().channel();
        } catch (Exception e) {
            loops.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("cannot listen on " + config.host() + ":" + config.port() + ": " + reason(e), e);
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

    /**
     * Starts to listen.
     *
     * @throws IOException if the address cannot be listened on, in a sentence
     */
    public static SocketServer listen(TransportConfig config, HttpHandler handler) throws IOException {
        return new SocketServer(config, handler);
    }

    private void begin(SocketChannel channel, HttpHandler handler) {
        channels.add(channel);
        channel.pipeline()
                .addLast(new Backpressure())
                .addLast(HttpFront.IDLE, new ReadTimeoutHandler(HTTP_IDLE_SECONDS))
                .addLast(new HttpServerCodec(new HttpDecoderConfig().setMaxHeaderSize(config.maxHeaderBytes())))
                .addLast(new HttpObjectAggregator(config.maxBodyBytes(), true))
                .addLast(new HttpFront(config, counters, namespaces, handler));
    }

    /** The port listened on, also when the configuration left it open. */
    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    public Counters<Counter> counters() {
        return counters;
    }

    /**
     * Opens a namespace.
     *
     * @throws IllegalArgumentException if there already is one of that name
     */
    public <F> Namespace<F> open(String name, NamespaceHandler<F> handler) {
        List<EventLoop> all = new ArrayList<>();
        for (EventExecutor executor : loops) {
            all.add((EventLoop) executor);
        }
        Namespace<F> namespace = new Namespace<>(name, handler, all, counters);
        namespaces.add(namespace);
        return namespace;
    }

    /** Closes a namespace: its clients get a DISCONNECT, new ones "Invalid namespace". */
    public void close(Namespace<?> namespace) {
        namespaces.remove(namespace);
        namespace.disconnectAll();
    }

    /** Stops listening and closes all connections. Further calls do nothing. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        listening.close().syncUninterruptibly();
        channels.close().awaitUninterruptibly(CLOSE_TIMEOUT_MILLIS);
        loops.shutdownGracefully(0, CLOSE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(2 * CLOSE_TIMEOUT_MILLIS);
    }
}
