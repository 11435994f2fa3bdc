package dev.orrery.world;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who is in a world, in the order in which they came. Owned by the world's thread. */
final class Players {
    private final Map<String, Player> byId = new HashMap<>();
    /** What every tick walks through several times. */
    private final List<Player> inOrder = new ArrayList<>();

    private final List<Player> travellers = new ArrayList<>();
    private int joins;

    List<Player> all() {
        return inOrder;
    }

    @Nullable
    Player find(String id) {
        return byId.get(id);
    }

    Player present(String id) {
        Player player = byId.get(id);
        if (player == null) {
            throw new IllegalStateException("is not in this world: player=" + id);
        }
        return player;
    }

    Player add(World world, String id, String name) {
        Player player = new Player(id, name, joins, world);
        if (byId.putIfAbsent(id, player) != null) {
            throw new IllegalStateException("joined twice: player=" + id);
        }
        inOrder.add(player);
        joins++;
        return player;
    }

    void remove(Player player) {
        travellers.remove(player);
        byId.remove(player.id());
        inOrder.remove(player);
        player.go();
    }

    /** At the end of the tick they leave for another world. */
    void send(Player player) {
        if (byId.get(player.id()) == player && !travellers.contains(player)) {
            travellers.add(player);
        }
    }

    /** Who leaves for another world next; null if nobody does. */
    @Nullable
    Player traveller() {
        return travellers.isEmpty() ? null : travellers.getFirst();
    }

    /** Numbers those who are here, in their order: how a snapshot names them. */
    void number() {
        int number = 0;
        for (Player player : inOrder) {
            player.number(number++);
        }
    }

    // ---- as they were stored ----

    /** How many have joined, ever. */
    int joins() {
        return joins;
    }

    void restore(int newJoins) {
        inOrder.forEach(Player::go);
        byId.clear();
        inOrder.clear();
        travellers.clear();
        joins = newJoins;
    }

    Player restore(World world, String id, String name, int serial) throws RecordException {
        Player player = new Player(id, name, serial, world);
        if (byId.putIfAbsent(id, player) != null) {
            throw RecordException.Reason.BAD_VALUE.exception();
        }
        inOrder.add(player);
        return player;
    }
}
