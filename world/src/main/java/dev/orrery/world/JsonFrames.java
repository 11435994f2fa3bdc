package dev.orrery.world;

import dev.orrery.rules.Field;
import dev.orrery.rules.Settings;
import dev.orrery.wire.CellGrid;
import dev.orrery.wire.EncodedPacket;
import dev.orrery.wire.JsonWriter;
import dev.orrery.wire.SocketPacket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A world as the JSON events that any Socket.IO client reads: {@code welcome}, {@code state}, {@code update},
 * {@code ack}, {@code settings}, {@code event}. Values are counts of quanta times a power of two, so the decimal text carries them without loss. Owned by
 * the world's thread.
 */
final class JsonFrames {
    private final Identity identity;
    private final JsonWriter out = new JsonWriter();

    JsonFrames(Identity identity) {
        this.identity = identity;
    }

    /** {@code welcome {player, actor, session, instance, settings, tick, graceMillis, schema, grid, rules, hash, map}} */
    EncodedPacket welcome(World world, Player player, String session) {
        Plan plan = world.plan();
        begin("welcome");
        out.name("player").value(player.id());
        out.name("actor");
        actorId(player);
        out.name("session").value(session);
        out.name("instance").value(identity.instance());
        out.name("settings");
        settings(world.settings());
        out.name("tick").value(world.tick());
        out.name("graceMillis").value(identity.graceMillis());
        out.name("schema");
        Schema.write(plan, out);
        out.name("grid");
        grid(world.grid());
        out.name("rules");
        if (identity.rulesUrl().isEmpty()) {
            out.nil();
        } else {
            out.value(identity.rulesUrl());
        }
        out.name("hash").value(identity.hash());
        out.name("map");
        plan.mapView().accept(out);
        return end();
    }

    /** {@code state {tick, actors, players}}: everything. */
    EncodedPacket state(World world) {
        begin("state");
        out.name("tick").value(world.tick());
        out.name("actors").beginArray();
        for (Body body : world.bodies().all()) {
            if (body != null) {
                actor(body);
            }
        }
        out.endArray();
        players(world.players());
        return end();
    }

    /**
     * {@code update {tick, set, touched, gone, players, left}}: what the tick changed; members that would be empty are left out.
     *
     * @return null if nothing changed
     */
    @Nullable
    EncodedPacket update(World world) {
        Changes changes = world.changes();
        begin("update");
        out.name("tick").value(world.tick());
        boolean changed = set(world);
        touched(world);
        if (!changes.gone.isEmpty()) {
            out.name("gone").beginArray();
            changes.gone.forEach(out::value);
            out.endArray();
            changed = true;
        }
        if (!changes.directory.isEmpty()) {
            players(changes.directory);
            changed = true;
        }
        if (!changes.left.isEmpty()) {
            left(changes.left);
            changed = true;
        }
        return changed ? end() : null;
    }

    /** {@code update {tick}}: nothing changed, but the clock goes on. */
    EncodedPacket heartbeat(long tick) {
        begin("update");
        out.name("tick").value(tick);
        return end();
    }

    /** {@code directory {tick, players}}: all who play. */
    EncodedPacket directory(World world) {
        begin("directory");
        out.name("tick").value(world.tick());
        players(world.players());
        return end();
    }

    /** {@code directory {tick, players, left}}: what the tick changed of who plays; null if nothing. */
    @Nullable
    EncodedPacket directoryChange(World world) {
        Changes changes = world.changes();
        if (changes.directory.isEmpty() && changes.left.isEmpty()) {
            return null;
        }
        begin("directory");
        out.name("tick").value(world.tick());
        players(changes.directory);
        left(changes.left);
        return end();
    }

    /** {@code ack {tick, seq, late}}: in that tick the player's newest input was {@code seq}. */
    EncodedPacket ack(long tick, long seq, int late) {
        begin("ack");
        out.name("tick").value(tick).name("seq").value(seq).name("late").value(late);
        return end();
    }

    /** {@code settings {settings, atTick}}: they hold from that tick on. */
    EncodedPacket settings(Entry.Retuned retuned) {
        begin("settings").name("settings");
        settings(retuned.settings());
        out.name("atTick").value(retuned.fromTick());
        return end();
    }

    /**
     * What everyone hears once, in order: {@code settings} that were announced in this tick, and {@code event {tick, name,
     * …fields}}, one packet each.
     */
    List<EncodedPacket> events(World world) {
        Changes changes = world.changes();
        if (changes.retuned.isEmpty() && changes.events.isEmpty()) {
            return List.of();
        }
        List<EncodedPacket> packets = new ArrayList<>();
        changes.retuned.forEach(retuned -> packets.add(settings(retuned)));
        for (Changes.Event event : changes.events) {
            begin("event").name("tick").value(world.tick());
            switch (event) {
                case Changes.Event.Emitted emitted -> {
                    out.name("name").value(emitted.table().name());
                    fields(emitted.table().fields(), emitted.row());
                }
                case Changes.Event.Said said ->
                    out.name("name").value("announcement").name("text").value(said.text());
            }
            packets.add(end());
        }
        return packets;
    }

    private boolean set(World world) {
        boolean any = false;
        for (Body body : world.bodies().all()) {
            if (body != null && (body.fresh || changed(body))) {
                if (!any) {
                    out.name("set").beginArray();
                    any = true;
                }
                if (body.fresh) {
                    actor(body);
                } else {
                    changedFields(body);
                }
            }
        }
        if (any) {
            out.endArray();
        }
        return any;
    }

    /** Players' actors that something beside their own step has changed: why their clients' predictions are wrong. */
    private void touched(World world) {
        boolean any = false;
        for (Body body : world.bodies().all()) {
            if (body != null && body.player != null && body.isTouched()) {
                if (!any) {
                    out.name("touched").beginArray();
                    any = true;
                }
                out.value(body.id());
            }
        }
        if (any) {
            out.endArray();
        }
    }

    private static boolean changed(Body body) {
        int at = 0;
        for (Field field : body.kind().kind().table().fields()) {
            if (field.audience() == Field.Audience.EVERYONE && changed(body, at, field.length())) {
                return true;
            }
            at += field.length();
        }
        return false;
    }

    private void actor(Body body) {
        out.beginObject()
                .name("id")
                .value(body.id())
                .name("kind")
                .value(body.kind().name());
        fields(body.kind().kind().table().fields(), body.row);
        out.endObject();
    }

    private void fields(List<Field> fields, int[] row) {
        int at = 0;
        for (Field field : fields) {
            if (field.audience() == Field.Audience.EVERYONE) {
                value(field, row, at);
            }
            at += field.length();
        }
    }

    private void changedFields(Body body) {
        out.beginObject().name("id").value(body.id());
        int at = 0;
        for (Field field : body.kind().kind().table().fields()) {
            if (field.audience() == Field.Audience.EVERYONE && changed(body, at, field.length())) {
                value(field, body.row, at);
            }
            at += field.length();
        }
        out.endObject();
    }

    private static boolean changed(Body body, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (body.row[i] != body.before[i]) {
                return true;
            }
        }
        return false;
    }

    private void value(Field field, int[] row, int at) {
        out.name(field.name());
        if (field.length() == 1) {
            value(field, row[at]);
            return;
        }
        out.beginArray();
        for (int i = 0; i < field.length(); i++) {
            value(field, row[at + i]);
        }
        out.endArray();
    }

    private void value(Field field, int quanta) {
        switch (field.type()) {
            case NUM -> out.value(quanta * field.quantum());
            case INT, REF -> out.value(quanta);
            case BOOL -> out.value(quanta != 0);
            case ENUM -> out.value(field.constants().get(quanta));
        }
    }

    private void left(List<String> players) {
        if (!players.isEmpty()) {
            out.name("left").beginArray();
            players.forEach(out::value);
            out.endArray();
        }
    }

    private void players(Iterable<Player> players) {
        out.name("players").beginArray();
        for (Player player : players) {
            out.beginObject().name("player").value(player.id()).name("name").value(player.name());
            out.name("actor");
            actorId(player);
            if (player.isAway()) {
                out.name("away").value(true);
            }
            out.endObject();
        }
        out.endArray();
    }

    private void actorId(Player player) {
        if (player.body() == null) {
            out.nil();
        } else {
            out.value(player.body().id());
        }
    }

    private void grid(CellGrid grid) {
        out.beginObject().name("columns").value(grid.columns()).name("rows").value(grid.rows());
        out.name("size").value(grid.size()).endObject();
    }

    private void settings(Settings settings) {
        out.beginObject();
        out.name("tickRate").value(settings.tickRate());
        out.name("movementSpeed").value(settings.movementSpeed());
        out.name("broadcastFrames").value(settings.broadcastFrames());
        out.name("smoothing").value(settings.smoothing());
        out.name("maxPlayers").value(settings.maxPlayers());
        out.name("reconnectAttempts").value(settings.reconnectAttempts());
        out.endObject();
    }

    private JsonWriter begin(String event) {
        return SocketPacket.beginEvent(out, identity.namespace(), event).beginObject();
    }

    private EncodedPacket end() {
        return EncodedPacket.of(out.endObject().endArray());
    }
}
