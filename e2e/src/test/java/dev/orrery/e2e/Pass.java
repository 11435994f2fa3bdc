package dev.orrery.e2e;

import dev.orrery.server.OrreryServer;
import io.socket.client.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.json.JSONException;
import org.json.JSONObject;

/** What {@code POST /api/v1/join} gave: the way into an instance. */
record Pass(String url, String namespace, String ticket) {
    static Pass join(OrreryServer server, String name) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "api/v1/join"))
                    .POST(HttpRequest.BodyPublishers.ofString("{\"game\":\"arena\",\"name\":\"" + name + "\"}"))
                    .build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            JSONObject body = new JSONObject(response.body());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(response.body());
            }
            return new Pass(body.getString("url"), body.getString("namespace"), body.getString("ticket"));
        }
    }

    Pass with(String otherTicket) {
        return new Pass(url, namespace, otherTicket);
    }

    /** Connects, and waits until welcomed. */
    PlainPlayer enter() throws Exception {
        return new PlainPlayer(this);
    }

    /** Connects, and waits for the code of the refusal. */
    String refusal() throws Exception {
        CompletableFuture<String> code = new CompletableFuture<>();
        Socket socket = PlainPlayer.socket(this);
        socket.on(Socket.EVENT_CONNECT, args -> code.complete("accepted"));
        socket.on(Socket.EVENT_CONNECT_ERROR, args -> {
            try {
                code.complete(((JSONObject) args[0]).getJSONObject("data").getString("code"));
            } catch (JSONException | ClassCastException e) {
                code.completeExceptionally(e);
            }
        });
        socket.connect();
        try {
            return code.get(20, TimeUnit.SECONDS);
        } finally {
            socket.close();
        }
    }
}
