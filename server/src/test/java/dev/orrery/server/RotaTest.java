package dev.orrery.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.server.Machine.World;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In virtual time, on a machine that does at once what is to be done. */
final class RotaTest {
    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;
    private static final long HANG = 10_000 * MILLI;
    private static final long TICK = 100 * MILLI;

    private static List<World> quick(Machine machine, int count) {
        Stagger stagger = new Stagger(0);
        List<World> worlds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            worlds.add(machine.add("quick " + i, stagger.firstDueNanos(0, TICK), TICK, run -> 200 * MICRO));
        }
        return worlds;
    }

    @Test
    void shouldRunTasksInTheOrderInWhichTheyAreDue() {
        Machine machine = new Machine(1, HANG);
        long[] due = {7, 3, 9, 1, 8, 2, 6, 4, 5, 0};
        for (long at : due) {
            machine.add("" + at, at * MILLI, TICK, run -> 10 * MICRO);
        }
        machine.runUntil(3 * TICK - 1);
        List<String> names = machine.runs.stream().map(world -> world.name).toList();
        List<String> once = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        assertThat(names.subList(0, 10)).isEqualTo(once);
        assertThat(names.subList(20, 30)).isEqualTo(once);
    }

    @Test
    void shouldKeepAWorldWithItsWorkerAndShareWorldsEvenly() {
        Machine machine = new Machine(4, HANG);
        List<World> worlds = quick(machine, 40);
        machine.runUntil(100 * TICK);
        int[] perWorker = new int[4];
        for (World world : worlds) {
            assertThat(world.delays).hasSizeBetween(99, 101);
            assertThat(new HashSet<>(world.ranOn.subList(10, world.ranOn.size())))
                    .hasSize(1);
            perWorker[world.ranOn.getLast()]++;
        }
        assertThat(Arrays.stream(perWorker)).allMatch(count -> count >= 7 && count <= 13);
    }

    @Test
    void shouldGiveANewWorldToTheWorkerWithTheLeastToDo() {
        Machine machine = new Machine(2, HANG);
        World heavy = machine.add("heavy", 0, TICK, run -> 40 * MILLI);
        machine.runUntil(50 * TICK + 60 * MILLI);
        List<World> light = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            light.add(machine.add("light " + i, 51 * TICK + i * MILLI, TICK, run -> MICRO));
        }
        machine.runUntil(52 * TICK);
        assertThat(light).allSatisfy(world -> assertThat(world.ranOn.getFirst()).isNotEqualTo(heavy.ranOn.getLast()));
        assertThat(machine.counters.count(ServerCounter.WORLDS_MOVED)).isZero();
    }

    @Test
    void shouldTakeWhatWaitsBehindALongTickAndKeepIt() {
        Machine machine = new Machine(2, HANG);
        List<World> worlds = quick(machine, 20);
        machine.runUntil(10 * TICK);
        long moved = machine.counters.count(ServerCounter.WORLDS_MOVED);
        World once = machine.add("once", 10 * TICK + MILLI, 1_000 * TICK, run -> 90 * MILLI);
        machine.runUntil(11 * TICK);
        assertThat(machine.counters.count(ServerCounter.WORLDS_MOVED) - moved).isPositive();
        for (World world : worlds) {
            assertThat(world.delays.get(10)).isLessThanOrEqualTo(Rota.STEAL_AFTER_NANOS + MILLI);
        }
        machine.runUntil(12 * TICK);
        List<Integer> then = worlds.stream().map(world -> world.ranOn.getLast()).toList();
        assertThat(then).filteredOn(core -> core.equals(once.ranOn.getFirst())).hasSizeLessThan(5);
        machine.runUntil(20 * TICK);
        assertThat(worlds.stream().map(world -> world.ranOn.getLast()).toList())
                .as("they stay where they went")
                .isEqualTo(then);
    }

    @Test
    void shouldLetNobodyWaitForOneThatIsAlwaysLate() {
        Machine machine = new Machine(2, HANG);
        List<World> worlds = quick(machine, 50);
        World slow = machine.add("slow", 0, TICK, run -> 3 * TICK);
        machine.runUntil(100 * TICK);
        assertThat(slow.delays).hasSizeBetween(32, 34);
        for (World world : worlds) {
            assertThat(world.delays).hasSizeBetween(99, 101);
            assertThat(world.maxDelayNanos()).isLessThan(MILLI);
        }
    }

    @Test
    void shouldTakeTurnsWhereAllWorkersHaveOneThatIsAlwaysLate() {
        Machine machine = new Machine(2, HANG);
        List<World> worlds = quick(machine, 20);
        machine.add("slow", 0, TICK, run -> 3 * TICK);
        machine.add("slower", 0, TICK, run -> 4 * TICK);
        machine.runUntil(100 * TICK);
        for (World world : worlds) {
            assertThat(world.maxDelayNanos()).as("one long tick at a time").isLessThan(6 * TICK);
            assertThat(world.delays).as("they catch up").hasSizeGreaterThan(85);
        }
    }

    @Test
    void shouldCostTheOthersNoTickIfOneHangs() {
        Machine machine = new Machine(2, HANG);
        List<World> worlds = quick(machine, 50);
        World hanging = machine.add("hanging", 0, TICK, run -> run == 20 ? Machine.NEVER_ENDS : 100 * MICRO);
        machine.runUntil(300 * TICK);
        assertThat(hanging.delays).hasSize(20);
        for (World world : worlds) {
            assertThat(world.delays).hasSizeBetween(299, 301);
            assertThat(world.maxDelayNanos()).isLessThan(2 * MILLI);
        }
        assertThat(machine.hung).hasSize(1);
        assertThat(machine.hung.keySet().iterator().next()).isBetween(19 * TICK + HANG, 19 * TICK + HANG + 2 * MILLI);
        assertThat(hanging.task.state).isEqualTo(Task.State.GIVEN_UP);
    }

    @Test
    void shouldReplaceTheOnlyWorkerWithAllThatWaitsThere() {
        Machine machine = new Machine(1, 50 * MILLI);
        List<World> worlds = quick(machine, 10);
        machine.add("hanging", TICK, TICK, run -> Machine.NEVER_ENDS);
        machine.runUntil(20 * TICK);
        assertThat(machine.hung).containsOnlyKeys(TICK + 50 * MILLI);
        assertThat(machine.hung.values()).allMatch(Rota.Worker::isAbandoned);
        for (World world : worlds) {
            assertThat(world.delays).as("none is left out").hasSizeBetween(19, 21);
            assertThat(world.maxDelayNanos()).isBetween(0L, 55 * MILLI);
        }
    }

    @Test
    void shouldRescueFromAHungWorkerThoughTheOtherHasAlwaysSomethingToDo() {
        Machine machine = new Machine(2, HANG);
        List<World> worlds = quick(machine, 10);
        machine.add("busy", 0, MILLI, run -> 3 * MILLI);
        machine.add("hanging", TICK, TICK, run -> Machine.NEVER_ENDS);
        machine.runUntil(20 * TICK);
        for (World world : worlds) {
            assertThat(world.delays).hasSizeBetween(18, 21);
            assertThat(world.maxDelayNanos()).isLessThan(Rota.RESCUE_AFTER_NANOS + 15 * MILLI);
        }
    }

    @Test
    void shouldBlameNobodyIfTheProcessStoodStill() {
        Rota rota = new Rota(1, 100 * MILLI, 0, new Machine(1, HANG).counters);
        Task task = new Machine(1, HANG).add("one", 0, TICK, run -> 0).task;
        rota.place(task, 0, 0);
        rota.begin(rota.worker(0), 0);
        assertThat(rota.lookAtNanos(0)).isEqualTo(100 * MILLI);
        long late = 100 * MILLI + Rota.STANDSTILL_NANOS + 1;
        rota.look(100 * MILLI, late);
        assertThat(rota.hung(late)).isNull();
        assertThat(rota.lookAtNanos(late)).isEqualTo(late + 100 * MILLI);
        rota.look(late + 100 * MILLI, late + 100 * MILLI);
        assertThat(rota.hung(late + 100 * MILLI)).isSameAs(rota.worker(0));
    }

    @Test
    void shouldLookSoonAfterAWorkerThatHasNotBegunYet() {
        Machine machine = new Machine(2, HANG);
        Rota rota = new Rota(2, HANG, 0, machine.counters);
        for (int i = 0; i < 4; i++) {
            rota.place(machine.add("one", 0, TICK, run -> 0).task, 0, 0);
        }
        assertThat(rota.lookAtNanos(MILLI)).isEqualTo(MILLI + Rota.STEAL_AFTER_NANOS);
        rota.begin(rota.worker(0), MILLI);
        rota.begin(rota.worker(1), MILLI);
        assertThat(rota.lookAtNanos(MILLI))
                .as("whoever ends takes more by itself")
                .isEqualTo(MILLI + HANG);
    }

    @Test
    void shouldBeDueAsSoonAsSomebodyWokeItWhileItRan() {
        Machine machine = new Machine(1, HANG);
        Rota rota = new Rota(1, HANG, 0, machine.counters);
        Task task = machine.add("one", 0, TICK, run -> 0).task;
        rota.place(task, 0, 0);
        rota.begin(rota.worker(0), 0);
        task.woken = true;
        task.wokenNanos = 5;
        rota.end(rota.worker(0), Workers.Job.REST, 9);
        assertThat(task.state).isEqualTo(Task.State.WAITING);
        assertThat(rota.begin(rota.worker(0), 9)).isSameAs(task);
        rota.end(rota.worker(0), Workers.Job.REST, 10);
        assertThat(task.state).isEqualTo(Task.State.RESTING);
    }
}
