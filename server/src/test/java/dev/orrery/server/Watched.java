package dev.orrery.server;

import dev.orrery.world.Command;
import dev.orrery.world.Game;
import dev.orrery.world.Plan;
import dev.orrery.world.Player;
import dev.orrery.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * {@link MeetGame} whose ticks are timed by world, with commands that make a world slow, hang or throw. No game may do any of that: time and
 * threads are for tests.
 */
final class Watched implements Game {
    static final String HANG = "hang";
    static final String SLOW = "slow";
    static final String THROW = "throw";
    static final String THROW_ALWAYS = "throw-always";

    final CountDownLatch release = new CountDownLatch(1);
    final CountDownLatch released = new CountDownLatch(1);

    private final MeetGame game = new MeetGame();
    private final Map<World, List<Long>> starts = new ConcurrentHashMap<>();
    private final Map<World, Integer> slow = new ConcurrentHashMap<>();
    /** From which tick on; those before go as they went when a world steps back. */
    private final Map<World, Long> throwing = new ConcurrentHashMap<>();

    @Override
    public Plan plan() {
        return game.plan();
    }

    @Override
    public void join(World world, Player player) {
        game.join(world, player);
    }

    @Override
    public void leave(World world, Player player) {
        game.leave(world, player);
    }

    /**
     * {@code hang} until the test releases it, then speaks to players and to other worlds; {@code slow} {millis} a tick;
     * {@code throw} at this command, or {@code throw-always} in every tick from this one on.
     */
    @Override
    public void command(World world, Command command) {
        switch (command.name()) {
            case HANG -> hang(world);
            case SLOW -> slow.put(world, (int) command.body().number(0));
            case THROW -> throw new IllegalStateException("at one command, as the test wants");
            case THROW_ALWAYS -> throwing.putIfAbsent(world, world.tick());
            default -> game.command(world, command);
        }
    }

    @Override
    public void tick(World world) {
        starts.computeIfAbsent(world, any -> new ArrayList<>()).add(System.nanoTime());
        if (world.tick() >= throwing.getOrDefault(world, Long.MAX_VALUE)) {
            throw new IllegalStateException("in every tick, as the test wants");
        }
        try {
            // Asleep: it is the worker that must not be there for others, not the core.
            TimeUnit.MILLISECONDS.sleep(slow.getOrDefault(world, 0));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void hang(World world) {
        while (release.getCount() > 0) {
            LockSupport.parkNanos(1_000_000); // whatever interrupts it
        }
        world.say("too late");
        world.send(World.OTHERS, new Command("noise", dev.orrery.wire.Json.NULL, "hung"));
        released.countDown();
    }

    /** When the ticks of each world began, to be read once the server is closed. */
    List<List<Long>> starts() {
        return List.copyOf(starts.values());
    }
}
