package dev.orrery.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The actors of a world by slot. An id is a slot and how often it was given out, so an id that is kept while its actor goes
 * never means another one:
 *
 * <pre>
 *   0 | generation, 15 bits | slot, 16 bits
 * </pre>
 *
 * Slot 0 stays empty, so that id 0 can mean "no actor". Owned by the world's thread.
 */
final class Bodies {
    private static final int SLOT_BITS = 16;
    private static final int SLOT_MASK = (1 << SLOT_BITS) - 1;
    private static final int MAX_SLOTS = 1 << SLOT_BITS;
    private static final int GENERATION_MASK = 0x7FFF;

    private final List<@Nullable Body> bySlot = new ArrayList<>();
    private final Map<Object, Body> byActor = new IdentityHashMap<>();
    private int[] generations = new int[16];
    /** No slot below this one is free. */
    private int firstFree = 1;

    Bodies() {
        bySlot.add(null);
    }

    static int slotOf(int id) {
        return id & SLOT_MASK;
    }

    static int generationOf(int id) {
        return id >>> SLOT_BITS;
    }

    /** Slots there are; the highest is one less. */
    int slots() {
        return bySlot.size();
    }

    int generation(int slot) {
        return generations[slot];
    }

    /** Null if nobody is there, or there is no such slot. */
    @Nullable
    Body at(int slot) {
        return slot < bySlot.size() ? bySlot.get(slot) : null;
    }

    /** By slot; null where there is none. */
    List<@Nullable Body> all() {
        return bySlot;
    }

    @Nullable
    Body find(int id) {
        Body body = at(slotOf(id));
        return body != null && body.id() == id ? body : null;
    }

    @Nullable
    Body of(Object actor) {
        return byActor.get(actor);
    }

    /** Gives an actor the lowest free slot. */
    Body add(Object actor, ActorKind kind) {
        if (byActor.containsKey(actor)) {
            throw new IllegalStateException("spawned twice: " + kind.name());
        }
        int slot = freeSlot();
        return put(slot, generations[slot] + 1 & GENERATION_MASK, actor, kind);
    }

    void remove(Body body) {
        byActor.remove(body.actor());
        bySlot.set(body.slot(), null);
        firstFree = Math.min(firstFree, body.slot());
    }

    // ---- in a tick ----

    /** A tick begins. */
    void begin() {
        for (int slot = 1; slot < bySlot.size(); slot++) {
            Body body = bySlot.get(slot);
            if (body != null) {
                body.begin();
            }
        }
    }

    /** Finds the actors that entries have changed: what clients predict for them starts from how they were. */
    void findMeddling() {
        for (int slot = 1; slot < bySlot.size(); slot++) {
            Body body = bySlot.get(slot);
            if (body != null) {
                body.findMeddling();
            }
        }
    }

    // ---- as they were stored ----

    void clear() {
        bySlot.clear();
        bySlot.add(null);
        byActor.clear();
        firstFree = 1;
    }

    /** The next slot, empty. */
    void restoreEmpty(int generation) throws RecordException {
        int slot = bySlot.size();
        if (slot == MAX_SLOTS) {
            throw RecordException.Reason.BAD_VALUE.exception();
        }
        addSlot();
        generations[slot] = generation & GENERATION_MASK;
    }

    /** The next slot, with an actor in it. */
    Body restore(int generation, Object actor, ActorKind kind) throws RecordException {
        restoreEmpty(generation);
        return put(bySlot.size() - 1, generation & GENERATION_MASK, actor, kind);
    }

    private Body put(int slot, int generation, Object actor, ActorKind kind) {
        Body body = new Body(generation << SLOT_BITS | slot, actor, kind);
        generations[slot] = generation;
        byActor.put(actor, body);
        bySlot.set(slot, body);
        return body;
    }

    private int freeSlot() {
        while (firstFree < bySlot.size() && bySlot.get(firstFree) != null) {
            firstFree++;
        }
        if (firstFree == MAX_SLOTS) {
            throw new IllegalStateException("a world holds at most " + (MAX_SLOTS - 1) + " actors");
        }
        if (firstFree == bySlot.size()) {
            addSlot();
        }
        return firstFree;
    }

    private void addSlot() {
        int slot = bySlot.size();
        bySlot.add(null);
        if (slot == generations.length) {
            generations = Arrays.copyOf(generations, slot * 2);
        }
        generations[slot] = 0;
    }
}
