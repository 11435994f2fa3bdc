package dev.orrery.arena;

import dev.orrery.arena.rules.Drive;
import dev.orrery.arena.rules.Harbour;
import dev.orrery.arena.rules.Harbour.Gate;
import dev.orrery.arena.rules.Lanced;
import dev.orrery.arena.rules.Sank;
import dev.orrery.arena.rules.Shell;
import dev.orrery.arena.rules.Ship;
import dev.orrery.arena.rules.Struck;
import dev.orrery.rules.DMath;
import dev.orrery.world.Game;
import dev.orrery.world.Plan;
import dev.orrery.world.Player;
import dev.orrery.world.World;

/** Ships in a harbour: players steer theirs, and a few that nobody steers cruise between the berths. They may fight, and need not. */
public final class Arena implements Game {
    /** How far from the middle of a gate a ship comes out of it, px. */
    private static final double GATE_CLEARANCE = 130;

    @Override
    public Plan plan() {
        Harbour harbour = new Harbour();
        return Plan.of("arena", harbour)
                .player(Ship.class, Drive.class)
                .actor(Shell.class)
                .event(Lanced.class)
                .event(Struck.class)
                .event(Sank.class)
                .mapView(out -> Chart.describe(harbour, out));
    }

    @Override
    public void start(World world) {
        for (int i = 0; i < Wanderers.COUNT; i++) {
            Berths.launch(world, world.spawn(new Ship()), Berths.quiet(world));
        }
    }

    @Override
    public void join(World world, Player player) {
        Berths.launch(world, player.control(world.spawn(new Ship())), Berths.sociable(world, player));
    }

    /**
     * From another harbour, as it was: out of the gate opposite to the one that was entered there, so that who keeps on steering sails
     * on and not back.
     */
    @Override
    public void arrive(World world, Player player, Object actor) {
        Ship ship = (Ship) player.control(world.spawn(actor));
        Gate gate = world.map(Harbour.class).gates.getFirst();
        for (Gate other : world.map(Harbour.class).gates) {
            gate = distance(other, ship) > distance(gate, ship) ? other : gate;
        }
        double inwards = gate.y() < Harbour.SIZE / 2 ? 1 : -1;
        ship.x = gate.x();
        ship.y = gate.y() + inwards * GATE_CLEARANCE;
        ship.heading = inwards * Math.PI / 2;
        ship.vx = 0;
        ship.vy = inwards * world.settings().pixelsPerTick() / 2;
    }

    @Override
    public void leave(World world, Player player) {
        world.despawn(player.actor());
    }

    @Override
    public void tick(World world) {
        Gunnery.tick(world);
        Wanderers.tick(world);
        for (Player player : world.players()) {
            if (player.actor() instanceof Ship ship && !player.isAway() && ship.hull > 0 && isInGate(world, ship)) {
                world.transfer(player);
            }
        }
    }

    private static boolean isInGate(World world, Ship ship) {
        for (Gate gate : world.map(Harbour.class).gates) {
            if (distance(gate, ship) < gate.radius()) {
                return true;
            }
        }
        return false;
    }

    private static double distance(Gate gate, Ship ship) {
        return DMath.hypot(ship.x - gate.x(), ship.y - gate.y());
    }
}
