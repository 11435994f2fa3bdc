package dev.orrery.transport;

import dev.orrery.wire.Json;
import dev.orrery.wire.JsonWriter;
import dev.orrery.wire.SocketPacket;
import java.util.List;
import java.util.Queue;

/** Echoes {@code say}, acknowledges whatever asks for it, throws on {@code fail}, leaves on {@code bye}. */
final class EchoListener implements SocketListener<String> {
    private final Socket socket;
    private final Queue<CloseReason> ends;

    EchoListener(Socket socket, Queue<CloseReason> ends) {
        this.socket = socket;
        this.ends = ends;
    }

    @Override
    public void event(String name, List<Json> arguments, Ack ack) {
        switch (name) {
            case "say" -> emit("said", arguments);
            case "fail" -> throw new IllegalStateException("as the test wants");
            case "bye" -> socket.disconnect();
            default -> {}
        }
        ack.reply(out -> arguments.forEach(argument -> argument.write(out)));
    }

    @Override
    public void published(String value) {
        emit("published", List.of(new Json.Str(value)));
    }

    @Override
    public void closed(CloseReason reason) {
        ends.add(reason);
    }

    private void emit(String name, List<Json> arguments) {
        JsonWriter out = new JsonWriter();
        SocketPacket.beginEvent(out, socket.namespace(), name);
        arguments.forEach(argument -> argument.write(out));
        socket.send(out.endArray().toBytes());
        socket.flush();
    }
}
