package dev.orrery.client;

import dev.orrery.wire.PacketLimits;
import dev.orrery.wire.SocketDecoder;
import dev.orrery.wire.SocketPacket;
import dev.orrery.wire.WireException;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a room: Engine.IO and Socket.IO over a WebSocket, with Orrery's parser. What it hears it tells its owner, one after the
 * other. May be used by any thread.
 */
final class Link implements WebSocket.Listener {
    /** Whose connection it is: what it is told comes on a thread of the connection. */
    interface Owner {
        void heard(Link from, SocketPacket packet);

        void framed(Link from, byte[] frame);

        /** The connection is gone, or could not be made. */
        void lost(Link broken);

        /** Whether more is to be read. */
        boolean isReading();
    }

    private final Owner owner;
    private final String namespace;
    private final String credential;
    private final SocketDecoder decoder = new SocketDecoder(PacketLimits.DEFAULT);
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private volatile @Nullable WebSocket socket;
    private volatile boolean dropped;
    private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);

    /** @param credential what CONNECT carries, as JSON */
    Link(Owner owner, String namespace, String credential) {
        this.owner = owner;
        this.namespace = namespace;
        this.credential = credential;
    }

    void dial(HttpClient http, URI server, Duration patience) {
        URI address = URI.create(server.toString().replaceFirst("^http", "ws").replaceFirst("/$", "")
                + "/socket.io/?EIO=4&transport=websocket");
        http.newWebSocketBuilder()
                .connectTimeout(patience)
                .buildAsync(address, this)
                .whenComplete((opened, failure) -> {
                    if (failure != null) {
                        owner.lost(this);
                    }
                });
    }

    /** Sends a packet of Socket.IO. */
    void say(String packet) {
        send(to -> to.sendText("4" + packet, true));
    }

    /** Sends bytes: a word, or the CONNECT that chooses the parser. */
    void say(byte[] word) {
        send(to -> to.sendBinary(ByteBuffer.wrap(word), true));
    }

    /** One message after the other: a WebSocket of the JDK takes no second while the first is on its way. */
    private synchronized void send(Function<WebSocket, CompletableFuture<WebSocket>> message) {
        sending = sending.thenCompose(before -> {
            WebSocket to = socket;
            return to == null || to.isOutputClosed()
                    ? CompletableFuture.<WebSocket>completedFuture(null)
                    : message.apply(to);
        });
    }

    /** Reads one more message, where reading had stopped. */
    void readOn() {
        WebSocket from = socket;
        if (from != null) {
            from.request(1);
        }
    }

    /** Ends it when all is sent. */
    void close() {
        send(to -> to.sendClose(WebSocket.NORMAL_CLOSURE, ""));
    }

    /** Breaks it off, now or as soon as it is made. */
    void drop() {
        dropped = true;
        WebSocket broken = socket;
        if (broken != null) {
            broken.abort();
        }
    }

    // ---- the WebSocket ----

    @Override
    public void onOpen(WebSocket opened) {
        socket = opened;
        opened.request(1);
        if (dropped) {
            opened.abort();
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            String message = text.toString();
            text.setLength(0);
            hear(message);
        }
        readOnIfWanted(from);
        return null;
    }

    private void hear(String message) {
        switch (message.isEmpty() ? ' ' : message.charAt(0)) {
            case '0' -> say(("0" + namespace + "," + credential).getBytes(StandardCharsets.UTF_8));
            case '2' -> send(to -> to.sendText("3", true));
            case '4' -> {
                try {
                    SocketPacket packet = decoder.text(message.substring(1));
                    if (packet != null) {
                        owner.heard(this, packet);
                    }
                } catch (WireException e) {
                    owner.lost(this);
                }
            }
            default -> {}
        }
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        byte[] part = new byte[data.remaining()];
        data.get(part);
        bytes.writeBytes(part);
        if (last) {
            byte[] frame = bytes.toByteArray();
            bytes.reset();
            owner.framed(this, frame);
        }
        readOnIfWanted(from);
        return null;
    }

    private void readOnIfWanted(WebSocket from) {
        if (owner.isReading()) {
            from.request(1);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        owner.lost(this);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        owner.lost(this);
    }
}
