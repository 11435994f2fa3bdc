package dev.orrery.transport;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The handlers of a socket by event. Owned by the connection's thread. */
final class EventTable implements SocketListener {
    private final Map<String, EventHandler> handlers = new HashMap<>();
    private final List<Consumer<CloseReason>> endHandlers = new ArrayList<>(1);

    void on(String event, EventHandler handler) {
        handlers.put(event, handler);
    }

    void onDisconnect(Consumer<CloseReason> handler) {
        endHandlers.add(handler);
    }

    @Override
    public void event(String name, Arguments arguments, Ack ack) {
        EventHandler handler = handlers.get(name);
        if (handler != null) {
            handler.handle(arguments, ack);
        }
    }

    @Override
    public void closed(CloseReason reason) {
        List.copyOf(endHandlers).forEach(handler -> handler.accept(reason));
    }
}
