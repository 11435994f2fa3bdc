package dev.orrery.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where actors were at the end of a tick that is over: how a shot is judged by what its player saw when they fired. Actors
 * that are gone meanwhile are not found. Valid within the tick in which the game asked for it; owned by the world's thread.
 */
public final class Past {
    private final Bodies bodies;
    private long tick = -1;
    private int count;
    /** In ascending slots. */
    private int[] ids = new int[0];

    private int[] kinds = new int[0];
    /** Where the row of an actor begins; one more than there are actors. */
    private int[] offsets = new int[1];

    private int[] rows = new int[0];

    Past(Bodies bodies) {
        this.bodies = bodies;
    }

    /** The tick at whose end everything was so. */
    public long tick() {
        return tick;
    }

    /**
     * The actors of a class whose place was within a distance of a line, the one nearest to its beginning first.
     *
     * @param radius px, the rim included
     */
    public <A> List<A> ray(double x0, double y0, double x1, double y1, double radius, Class<A> type) {
        List<Found<A>> found = new ArrayList<>();
        double dx = x1 - x0;
        double dy = y1 - y0;
        double squared = dx * dx + dy * dy;
        for (int i = 0; i < count; i++) {
            Body body = bodies.find(ids[i]);
            if (body == null || body.kind().type() != type || !body.kind().hasPlace()) {
                continue;
            }
            double px = body.kind().x(rows, offsets[i]) - x0;
            double py = body.kind().y(rows, offsets[i]) - y0;
            double along = squared == 0 ? 0 : Math.clamp((px * dx + py * dy) / squared, 0.0, 1.0);
            double offX = px - along * dx;
            double offY = py - along * dy;
            if (offX * offX + offY * offY <= radius * radius) {
                found.add(new Found<>(type.cast(body.actor()), along));
            }
        }
        found.sort(Comparator.comparingDouble(Found::along)); // stable: of two as near, the lower slot
        return found.stream().map(Found::actor).toList();
    }

    private record Found<A>(A actor, double along) {}

    /** The actors of a class whose place was within a radius, the rim included, in the order of their slots. */
    public <A> List<A> circle(double x, double y, double radius, Class<A> type) {
        List<A> found = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Body body = bodies.find(ids[i]);
            if (body == null || body.kind().type() != type || !body.kind().hasPlace()) {
                continue;
            }
            double dx = body.kind().x(rows, offsets[i]) - x;
            double dy = body.kind().y(rows, offsets[i]) - y;
            if (dx * dx + dy * dy <= radius * radius) {
                found.add(type.cast(body.actor()));
            }
        }
        return found;
    }

    /** A copy of an actor as it was; null if it was not there yet, or is in this world no more. */
    public <A> @Nullable A of(A actor) {
        Body body = bodies.of(actor);
        for (int i = 0; body != null && i < count; i++) {
            if (ids[i] == body.id()) {
                Object then = body.kind().kind().create();
                body.kind().kind().read(rows, offsets[i], then);
                @SuppressWarnings("unchecked") // A kind creates what it is the kind of.
                A copy = (A) then;
                return copy;
            }
        }
        return null;
    }

    // ---- how it is filled ----

    void begin(long newTick) {
        tick = newTick;
        count = 0;
    }

    /** Appends an actor; slots must ascend. Returns where its row begins, for {@link #rows}. */
    int add(int id, int kind, int rowLength) {
        if (count == ids.length) {
            int capacity = Math.max(16, count * 2);
            ids = Arrays.copyOf(ids, capacity);
            kinds = Arrays.copyOf(kinds, capacity);
            offsets = Arrays.copyOf(offsets, capacity + 1);
        }
        int offset = offsets[count];
        ids[count] = id;
        kinds[count] = kind;
        count++;
        offsets[count] = offset + rowLength;
        if (rows.length < offset + rowLength) {
            rows = Arrays.copyOf(rows, Math.max(rows.length * 2, offset + rowLength));
        }
        return offset;
    }

    int count() {
        return count;
    }

    /** The first actor, from an index on, whose slot is not below that of an id; {@link #count} if there is none. */
    int find(int id, int from) {
        int index = from;
        while (index < count && Bodies.slotOf(ids[index]) < Bodies.slotOf(id)) {
            index++;
        }
        return index;
    }

    int id(int index) {
        return ids[index];
    }

    int kind(int index) {
        return kinds[index];
    }

    int offset(int index) {
        return offsets[index];
    }

    int rowLength(int index) {
        return offsets[index + 1] - offsets[index];
    }

    int[] rows() {
        return rows;
    }
}
