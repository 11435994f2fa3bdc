package dev.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.socket.client.Ack;
import io.socket.client.Manager;
import io.socket.client.Socket;
import io.socket.engineio.client.Transport;
import io.socket.engineio.parser.Packet;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import okhttp3.OkHttpClient;

/** A connection of the official client; it opens with its first namespace. */
final class JavaClient implements AutoCloseable {
    private final Manager manager;
    private final List<Socket> sockets = new ArrayList<>();
    private volatile String carrier = "";
    private volatile String sid = "";

    /** {@code webSockets} is what its WebSockets wait for before they open. */
    JavaClient(String url, Mode mode, OkHttpClient http, CompletableFuture<Void> webSockets) {
        OkHttpClient patient = http.newBuilder()
                .addInterceptor(chain -> {
                    if (chain.request().header("Upgrade") != null) {
                        webSockets.join();
                    }
                    return chain.proceed(chain.request());
                })
                .build();
        Manager.Options options = new Manager.Options();
        options.transports = mode.transports();
        options.reconnection = false;
        options.callFactory = patient;
        options.webSocketFactory = patient;
        manager = new Manager(URI.create(url), options);
        onPacket((transport, packet) -> {
            if (packet.type.equals(Packet.MESSAGE)) {
                carrier = transport.name;
                sid = transport.query.getOrDefault("sid", "");
            }
        });
    }

    /** Hears of each packet that comes in, and by which transport; to be called before anything is connected. */
    void onPacket(BiConsumer<Transport, Packet<?>> listener) {
        manager.on(Manager.EVENT_TRANSPORT, made -> {
            Transport transport = (Transport) made[0];
            transport.on(Transport.EVENT_PACKET, args -> listener.accept(transport, (Packet<?>) args[0]));
        });
    }

    /** A namespace that is not connected yet; {@code auth} is read each time it connects. */
    Socket socket(String namespace, Map<String, String> auth) {
        Manager.Options options = new Manager.Options();
        options.auth = auth;
        Socket socket = manager.socket(namespace, options);
        sockets.add(socket);
        return socket;
    }

    Socket connected(String namespace) throws InterruptedException {
        Socket socket = socket(namespace, Map.of());
        assertThat(connect(socket)).isEqualTo("accepted");
        return socket;
    }

    /** {@code accepted}, or the message of the refusal. */
    static String connect(Socket socket) throws InterruptedException {
        Heard answers = new Heard();
        socket.once(Socket.EVENT_CONNECT, args -> answers.add("accepted"));
        socket.once(Socket.EVENT_CONNECT_ERROR, answers::add);
        socket.connect();
        Object answer = answers.next().getFirst();
        socket.off(Socket.EVENT_CONNECT).off(Socket.EVENT_CONNECT_ERROR);
        return answer instanceof Map<?, ?> refusal ? String.valueOf(refusal.get("message")) : answer.toString();
    }

    /** The arguments with which the server acknowledges an event that has these. */
    static List<Object> acknowledged(Socket socket, List<?> args) throws InterruptedException {
        Heard acks = new Heard();
        socket.emit("message-with-ack", Values.encode(args), (Ack) acks::add);
        return acks.next();
    }

    /** Returns when everything has come in that the server sent before this call reached it. */
    static void settle(Socket socket) throws InterruptedException {
        acknowledged(socket, List.of());
    }

    /** The name of the transport by which the newest message came in. */
    String carrier() {
        return carrier;
    }

    /** What the transport calls this connection. */
    String sid() {
        return sid;
    }

    /** Closes all namespaces and, with the last of them, the connection. */
    @Override
    public void close() {
        sockets.forEach(Socket::close);
    }
}
