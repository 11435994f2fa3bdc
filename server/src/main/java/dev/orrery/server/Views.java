package dev.orrery.server;

import dev.orrery.rules.Settings;
import dev.orrery.wire.JsonWriter;
import dev.orrery.world.Entry;
import dev.orrery.world.Readings;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the management API shows, as JSON. */
final class Views {
    private static final double NANOS_PER_MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);
    private static final double MILLIS_PER_SECOND = 1_000;

    private Views() {}

    /** {@code {version, region, game, phase, hung, uptimeMillis, metrics, tickDelay, currentLoad, instances, players, capacity, limits}} */
    static void node(JsonWriter out, Node node) {
        out.beginObject().name("version").value(OrreryServer.VERSION);
        out.name("region").value(node.config().region()).name("game").value(node.game());
        out.name("phase").value(node.phase()).name("hung").value(node.hung());
        out.name("uptimeMillis").value(node.uptimeMillis());
        ServerMetrics metrics = node.metrics();
        metrics(out.name("metrics"), metrics);
        tickDelay(out.name("tickDelay"), node.host().tickDelays().snapshot());
        out.name("currentLoad").value(node.currentLoad(metrics));
        out.name("instances").value(node.instances().all().size());
        out.name("players").value(node.players()).name("capacity").value(node.capacity());
        InstanceConfig config = node.host().config();
        ServerMetrics.LoadLimits full = config.loadLimits();
        out.name("limits").beginObject().name("instances").value(config.max());
        out.name("messageRate").value(full.maxMessageRate());
        out.name("stateSize").value(full.maxStateSize());
        out.name("cpu").value(full.cpuThreshold());
        out.name("drainMillis").value(config.drainMillis()).endObject();
        out.endObject();
    }

    /** {@code {id, game, namespace, region, capacity, currentLoad, phase, hibernating, metrics, settings, announced, state}} */
    static void instance(JsonWriter out, Node node, Instance instance) {
        Readings world = instance.readings();
        out.beginObject().name("id").value(instance.id()).name("game").value(node.game());
        out.name("namespace").value(instance.namespace());
        out.name("region").value(node.config().region());
        out.name("capacity").value(instance.capacity());
        out.name("currentLoad").value(instance.currentLoad());
        out.name("phase").value(instance.phase().word());
        out.name("hibernating").value(instance.isHibernating());
        metrics(out.name("metrics"), instance.metrics());
        settings(out.name("settings"), world.settings());
        out.name("announced").beginArray();
        for (Entry.Retuned retuned : world.announced()) {
            out.beginObject().name("atTick").value(retuned.fromTick());
            settings(out.name("settings"), retuned.settings());
            out.endObject();
        }
        out.endArray().name("state").beginObject();
        out.name("tick").value(world.tick()).name("players").value(world.players());
        out.name("away").value(world.away()).name("actors").value(world.actors());
        out.name("stateBytes").value(world.stateBytes()).endObject().endObject();
    }

    /** The six readings; {@code networkLatency} is null if none is known. */
    private static void metrics(JsonWriter out, ServerMetrics metrics) {
        out.beginObject().name("connections").value(metrics.connections());
        out.name("messageRate").value(metrics.messageRate());
        out.name("stateSize").value(metrics.stateSize());
        out.name("cpu").value(metrics.cpu()).name("memory").value(metrics.memory());
        millis(out.name("networkLatency"), metrics.networkLatency());
        out.endObject();
    }

    /** {@code {p50, p99}}, milliseconds since the start of the node; null before the first tick. */
    private static void tickDelay(JsonWriter out, Delays.Snapshot delays) {
        out.beginObject();
        millis(out.name("p50"), delays.percentileSeconds(0.5) * MILLIS_PER_SECOND);
        millis(out.name("p99"), delays.percentileSeconds(0.99) * MILLIS_PER_SECOND);
        out.endObject();
    }

    static void settings(JsonWriter out, Settings settings) {
        out.beginObject().name("tickRate").value(settings.tickRate());
        out.name("movementSpeed").value(settings.movementSpeed());
        out.name("broadcastFrames").value(settings.broadcastFrames());
        out.name("smoothing").value(settings.smoothing());
        out.name("maxPlayers").value(settings.maxPlayers());
        out.name("reconnectAttempts").value(settings.reconnectAttempts()).endObject();
    }

    /** {@code [{player, name, connected, roundTripMillis}]}, the last null if it is not known. */
    static void players(JsonWriter out, List<Sessions.Sitting> sitting) {
        out.beginArray();
        for (Sessions.Sitting player : sitting) {
            out.beginObject().name("player").value(player.player());
            out.name("name").value(player.name()).name("connected").value(player.connected());
            double roundTrip = player.roundTripNanos() / NANOS_PER_MILLISECOND;
            millis(out.name("roundTripMillis"), roundTrip);
            out.endObject();
        }
        out.endArray();
    }

    /** {@code [{name, meaning, count}]} */
    static void counts(JsonWriter out, List<Count> counts) {
        out.beginArray();
        for (Count count : counts) {
            out.beginObject().name("name").value(count.name());
            out.name("meaning").value(count.meaning()).name("count").value(count.count());
            out.endObject();
        }
        out.endArray();
    }

    private static void millis(JsonWriter out, double millis) {
        if (millis < 0) {
            out.nil();
        } else {
            out.value(millis);
        }
    }
}
