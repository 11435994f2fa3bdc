package chat;

import dev.orrery.transport.HttpHandler;
import dev.orrery.transport.Namespace;
import dev.orrery.transport.Socket;
import dev.orrery.transport.SocketServer;
import dev.orrery.transport.TransportConfig;
import java.io.IOException;

/** A chat with rooms, for any Socket.IO client. */
public final class ChatServer implements AutoCloseable {
    private final SocketServer server;
    private final Namespace chat;

    /** Starts it; port 0 takes a free one. */
    public ChatServer(int port) throws IOException {
        server = new SocketServer(TransportConfig.DEFAULT.with(c -> c.port = port), HttpHandler.NONE);
        chat = server.of("/chat")
                .use((socket, auth, next) -> {
                    String name = auth.get("name").text("");
                    if (name.isBlank()) {
                        next.refuse("name-missing", "Say who you are: io(url, {auth: {name}}).");
                    } else {
                        socket.data(name);
                        next.accept();
                    }
                })
                .onConnect(this::serve);
        server.listen();
    }

    private void serve(Socket socket) {
        socket.broadcast().emit("came", socket.data());
        socket.on(
                "join",
                (arguments, ack) -> ack.reply(socket.join(arguments.first().text("lobby"))));
        socket.on("say", (arguments, ack) -> {
            String room = arguments.first().text("lobby");
            chat.to(room).emit("said", socket.data(), arguments.get(1)); // text, numbers, objects, bytes
            ack.reply("sent");
        });
        socket.onDisconnect(reason -> chat.emit("went", socket.data(), reason.sentence()));
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
