package dev.orrery.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The floor: rooms as a good engineer writes them by hand on Netty, for this one purpose. No Engine.IO, no Socket.IO: text
 * frames are opaque. A frame is encoded once a room's tick, and each player gets a duplicate of it in one write and flush.
 */
final class PlainServer implements RoomServer {
    private static final int MAX_REQUEST_BYTES = 8_192;

    private final boolean framedOnce;
    private final EventLoop loop;
    private final Channel listening;
    private final AtomicInteger players = new AtomicInteger();
    private final LongAdder inputs = new LongAdder();
    /** Of the loop only. */
    private List<PlainRoom> rooms = List.of();

    /** @param framedOnce whether also WebSocket's header is written once a room's tick, and its encoder left out */
    PlainServer(boolean framedOnce) throws InterruptedException {
        this.framedOnce = framedOnce;
        boolean epoll = Epoll.isAvailable();
        MultiThreadIoEventLoopGroup loops =
                new MultiThreadIoEventLoopGroup(1, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        this.loop = loops.next();
        this.listening = new ServerBootstrap()
                .group(loops)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1_024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec())
                                .addLast(new HttpObjectAggregator(MAX_REQUEST_BYTES))
                                .addLast(new PlainUpgrade(PlainServer.this));
                    }
                })
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
    }

    @Override
    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    @Override
    public void open(int count, long periodMicros) {
        loop.submit(() -> {
                    List<PlainRoom> opened = new ArrayList<>();
                    for (int number = 0; number < count; number++) {
                        opened.add(new PlainRoom(
                                new Room(number), RoomServer.phaseMicros(number, count, periodMicros), periodMicros));
                    }
                    rooms = opened;
                })
                .syncUninterruptibly();
    }

    @Override
    public void close() {
        loop.submit(() -> {
                    rooms.forEach(PlainRoom::close);
                    rooms = List.of();
                })
                .syncUninterruptibly();
    }

    @Override
    public int players() {
        return players.get();
    }

    @Override
    public long inputs() {
        return inputs.sum();
    }

    @Override
    public Collection<Thread> connectionThreads() {
        return Set.of(Objects.requireNonNull(
                loop.submit(Thread::currentThread).syncUninterruptibly().getNow()));
    }

    /** On the loop, for a player whose handshake is done; null if there is no such room. */
    @Nullable
    PlainRoom join(ChannelHandlerContext player, String path) {
        for (PlainRoom room : rooms) {
            if (room.name.equals(path)) {
                room.add(player.channel());
                return room;
            }
        }
        return null;
    }

    /** A room, owned by the loop. */
    final class PlainRoom {
        private final String name;
        private final byte[] text;
        /** With the context that is written to from behind the encoder. */
        private final Map<Channel, ChannelHandlerContext> members = new LinkedHashMap<>();

        private final java.util.concurrent.@Nullable Future<?> timer;
        /** Anything that is read from inputs, so that they are. */
        private long sum;

        private PlainRoom(Room room, long phaseMicros, long periodMicros) {
            this.name = room.name();
            this.text = room.frame();
            this.timer = periodMicros == 0
                    ? null
                    : loop.scheduleAtFixedRate(this::tick, phaseMicros, periodMicros, TimeUnit.MICROSECONDS);
        }

        private void close() {
            if (timer != null) {
                timer.cancel(false);
            }
        }

        private void add(Channel member) {
            members.put(member, member.pipeline().context(WebSocketFrameEncoder.class));
            players.incrementAndGet();
        }

        void remove(Channel member) {
            members.remove(member);
            players.decrementAndGet();
        }

        void receive(ByteBuf input) {
            for (int index = input.readerIndex(); index < input.writerIndex(); index++) {
                sum += input.getByte(index);
            }
            inputs.increment();
        }

        private void tick() {
            if (framedOnce) {
                tickFramed();
                return;
            }
            ByteBuf frame = listening.alloc().directBuffer(text.length).writeBytes(text);
            for (Channel member : members.keySet()) {
                member.writeAndFlush(new TextWebSocketFrame(frame.retainedDuplicate()), member.voidPromise());
            }
            frame.release();
        }

        private void tickFramed() {
            ByteBuf frame = listening.alloc().directBuffer(2 + text.length);
            // FIN and text; a length below 126 has one byte.
            frame.writeByte(0x81).writeByte(text.length).writeBytes(text);
            for (ChannelHandlerContext encoder : members.values()) {
                encoder.writeAndFlush(frame.retainedDuplicate(), encoder.voidPromise());
            }
            frame.release();
        }
    }
}
