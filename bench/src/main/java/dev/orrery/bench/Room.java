package dev.orrery.bench;

import dev.orrery.wire.JsonWriter;
import dev.orrery.wire.SocketPacket;
import java.nio.charset.StandardCharsets;

/**
 * A hundred players who are told the same, and the bytes they exchange with a server: the same ones whatever it is built on.
 *
 * @param number from 0
 */
record Room(int number) {
    /** Players. */
    static final int SIZE = 100;

    /** Payload of a frame to a player, without WebSocket's header. */
    static final int FRAME_BYTES = 32;

    /** Pause between two frames, and between two inputs of a player. */
    static final int TICK_MILLIS = 100;

    /** The namespace. */
    String name() {
        return "/r" + number;
    }

    /** What each event carries, as long as is needed to make its frame {@link #FRAME_BYTES} long. */
    String text() {
        return "x".repeat(FRAME_BYTES - event("").length);
    }

    /** A whole frame to a player: {@code 42/r7,["f","xxx…"]}. */
    byte[] frame() {
        return event(text());
    }

    private byte[] event(String text) {
        return SocketPacket.beginEvent(new JsonWriter(), name(), "f")
                .value(text)
                .endArray()
                .toBytes();
    }

    /** A whole input of a player: {@code 42/r7,["i",{"s":123}]}. */
    String input() {
        return "42" + name() + ",[\"i\",{\"s\":123}]";
    }

    /** What a Socket.IO client asks first. */
    String connect() {
        return "40" + name() + ",";
    }

    /** How many it takes for so many players. */
    static int count(int players) {
        return (players + SIZE - 1) / SIZE;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
