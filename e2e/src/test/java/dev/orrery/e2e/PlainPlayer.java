package dev.orrery.e2e;

import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.json.JSONArray;
import org.json.JSONObject;

/** A player by the Socket.IO project's own Java client, with its standard parser. */
final class PlainPlayer implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final Socket socket;
    private final Set<String> names = new ConcurrentSkipListSet<>();
    private final AtomicLong tick = new AtomicLong(-1);
    private final CountDownLatch ended = new CountDownLatch(1);

    PlainPlayer(Pass pass) throws Exception {
        socket = socket(pass);
        socket.on("state", args -> receive((JSONObject) args[0]));
        socket.on("update", args -> receive((JSONObject) args[0]));
        socket.on(Socket.EVENT_DISCONNECT, args -> ended.countDown());
        socket.connect();
        awaitTick(1);
    }

    static Socket socket(Pass pass) {
        IO.Options options = IO.Options.builder()
                .setTransports(new String[] {"websocket"})
                .setForceNew(true)
                .setReconnection(false)
                .setAuth(pass.ticket().isEmpty() ? Map.of() : Map.of("ticket", pass.ticket()))
                .build();
        return IO.socket(URI.create(pass.url() + pass.namespace()), options);
    }

    Set<String> names() {
        return names;
    }

    long tick() {
        return tick.get();
    }

    void awaitTick(long wanted) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        synchronized (tick) {
            while (tick.get() < wanted) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    throw new TimeoutException("tick " + wanted + " did not come; newest is " + tick.get());
                }
                tick.wait(left);
            }
        }
    }

    void awaitEnd() throws Exception {
        if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new TimeoutException("the connection did not end");
        }
    }

    @Override
    public void close() {
        socket.close();
    }

    private void receive(JSONObject body) {
        JSONArray players = body.optJSONArray("players");
        for (int i = 0; players != null && i < players.length(); i++) {
            names.add(players.optJSONObject(i).optString("name"));
        }
        synchronized (tick) {
            tick.set(body.optLong("tick"));
            tick.notifyAll();
        }
    }
}
