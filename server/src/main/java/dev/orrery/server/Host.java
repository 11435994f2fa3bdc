package dev.orrery.server;

import dev.orrery.transport.PerThread;
import dev.orrery.transport.SocketServer;
import dev.orrery.wire.Counters;
import dev.orrery.world.Game;
import dev.orrery.world.Plan;
import dev.orrery.world.WorldCounter;

/**
 * What all instances of a node share.
 *
 * @param rulesUrl of the game's rules for browsers; empty if it has none
 * @param hash of rules and schema
 * @param workbenches of its connection threads
 * @param tickDelays how late ticks begin
 * @param recordings where those of instances that failed are kept
 */
record Host(
        Game game,
        Plan plan,
        String rulesUrl,
        String hash,
        InstanceConfig config,
        SocketServer sockets,
        PerThread<Workbench> workbenches,
        Workers workers,
        Delays tickDelays,
        Recordings recordings,
        Tickets tickets,
        Counters<ServerCounter> counters,
        Counters<WorldCounter> worldCounters) {}
