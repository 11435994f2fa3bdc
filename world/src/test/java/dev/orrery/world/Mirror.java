package dev.orrery.world;

import static java.util.Objects.requireNonNull;

import dev.orrery.wire.EncodedPacket;
import dev.orrery.wire.Json;
import dev.orrery.wire.PacketLimits;
import dev.orrery.wire.SocketDecoder;
import dev.orrery.wire.SocketPacket;
import dev.orrery.wire.WireException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a plain client makes of the packets it gets: {@code state} replaces, {@code update} changes. */
final class Mirror {
    final Map<Integer, Map<String, Json>> actors = new TreeMap<>();
    final Map<String, Json> players = new TreeMap<>();
    long tick;

    void receive(@Nullable EncodedPacket packet) throws Exception {
        if (packet == null) {
            return;
        }
        SocketPacket event = decode(packet);
        Json body = event.arguments().getFirst();
        tick = (long) body.get("tick").number(-1);
        if (event.eventName().equals("state")) {
            actors.clear();
            players.clear();
        }
        for (String list : new String[] {"actors", "set"}) {
            if (body.get(list) instanceof Json.Arr array) {
                array.values().forEach(this::set);
            }
        }
        if (body.get("gone") instanceof Json.Arr gone) {
            gone.values().forEach(id -> actors.remove((int) id.number(0)));
        }
        if (body.get("players") instanceof Json.Arr joined) {
            joined.values().forEach(player -> players.put(player.get("player").text(""), player));
        }
        if (body.get("left") instanceof Json.Arr left) {
            left.values().forEach(player -> players.remove(player.text("")));
        }
    }

    static SocketPacket decode(EncodedPacket packet) throws WireException {
        return requireNonNull(
                new SocketDecoder(PacketLimits.DEFAULT).text(packet.text().substring(1)));
    }

    double x(int id) {
        return actors.getOrDefault(id, Map.of()).getOrDefault("x", Json.NULL).number(-1);
    }

    private void set(Json actor) {
        actors.computeIfAbsent((int) actor.get("id").number(0), id -> new LinkedHashMap<>())
                .putAll(((Json.Obj) actor).members());
    }
}
