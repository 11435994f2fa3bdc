package dev.orrery.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.json.JSONObject;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that are told of the world in events, on connections that cannot be written to at any time. */
final class AcksIT {
    private static final int VISITORS = 8;

    @TempDir
    private Path data;

    /** The only input of each comes while its connection has no GET that waits, or changes to a WebSocket. */
    @ParameterizedTest
    @ValueSource(strings = {"websocket", "polling", "polling websocket"})
    void shouldAcknowledgeWhatActedBehindTheState(String transports) throws Exception {
        try (Managed node = new Managed(data)) {
            List<Visitor> visitors = new ArrayList<>();
            List<List<String>> heard = new ArrayList<>();
            CountDownLatch acknowledged = new CountDownLatch(VISITORS);
            for (int i = 0; i < VISITORS; i++) {
                List<String> events = new CopyOnWriteArrayList<>();
                Visitor visitor = Visitor.seated(node.server(), "visitor", transports.split(" "));
                visitor.onConnect(() -> visitor.send("input", new JSONObject(Map.of("seq", 1, "dx", 1))));
                visitor.on("state", state -> events.add("state"));
                visitor.on("ack", ack -> {
                    events.add("ack " + ack.optLong("seq"));
                    acknowledged.countDown();
                });
                visitors.add(visitor);
                heard.add(events);
                visitor.connect();
                TimeUnit.MILLISECONDS.sleep(37);
            }
            assertThat(acknowledged.await(20, TimeUnit.SECONDS)).as("%s", heard).isTrue();
            for (List<String> events : heard) {
                assertThat(events).startsWith("state", "ack 1");
            }
            visitors.forEach(Visitor::close);
        }
    }
}
