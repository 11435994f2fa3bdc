package dev.orrery.transport;

import static org.assertj.core.api.Assertions.assertThat;

import chat.ChatServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The example of docs/socketio.md works, and is the one that is shown there. */
final class ChatIT {
    @Test
    void shouldChatInRooms() throws Exception {
        try (ChatServer server = new ChatServer(0);
                RawClient ada = enter(server, "Ada");
                RawClient grace = enter(server, "Grace")) {
            assertThat(ada.nextPacket()).isEqualTo("42/chat,[\"came\",\"Grace\"]");
            grace.send("42/chat,1[\"join\",\"deck\"]");
            assertThat(grace.nextPacket()).isEqualTo("43/chat,1[true]");
            ada.send("42/chat,7[\"say\",\"deck\",{\"text\":\"ahoy\"}]");
            assertThat(grace.nextPacket()).isEqualTo("42/chat,[\"said\",\"Ada\",{\"text\":\"ahoy\"}]");
            assertThat(ada.nextPacket()).isEqualTo("43/chat,7[\"sent\"]");
            ada.send("42/chat,8[\"say\",\"deck\"]");
            assertThat(grace.nextPacket()).as("what is missing is null").isEqualTo("42/chat,[\"said\",\"Ada\",null]");
            assertThat(ada.nextPacket()).isEqualTo("43/chat,8[\"sent\"]");
            ada.send("41/chat,");
            assertThat(grace.nextPacket()).isEqualTo("42/chat,[\"went\",\"Ada\",\"the client left\"]");
        }
    }

    @Test
    void shouldTellWhoHasNoName() throws Exception {
        try (ChatServer server = new ChatServer(0);
                RawClient nobody = new RawClient(server.port())) {
            nobody.next();
            nobody.send("40/chat,");
            assertThat(nobody.nextPacket()).contains("Say who you are").contains("name-missing");
        }
    }

    @Test
    void shouldBeShownAsItIs() throws Exception {
        String source = Files.readString(Path.of("src/test/java/chat/ChatServer.java"));
        assertThat(Files.readString(Path.of("../docs/socketio.md"))).contains("```java\n" + source + "```");
    }

    private static RawClient enter(ChatServer server, String name) throws InterruptedException {
        RawClient client = new RawClient(server.port());
        client.next();
        client.send("40/chat,{\"name\":\"" + name + "\"}");
        assertThat(client.nextPacket()).startsWith("40/chat,");
        return client;
    }
}
