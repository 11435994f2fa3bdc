package dev.orrery.world;

import dev.orrery.rules.Digest;
import dev.orrery.rules.Kind;
import dev.orrery.rules.Rand;
import org.jspecify.annotations.Nullable;

/** Who plays in a world, and the one actor they control. Owned by the world's thread. */
public final class Player {
    /** A client that does not say what it sees is taken to see the end of the tick before. */
    static final int LEAST_VIEW_LAG = 1;

    /** Kind under which players are hashed; actors' kinds are not negative, and their inputs' from -1 down to the number of kinds. */
    private static final int HASHED_AS = Integer.MIN_VALUE;

    private static final int HASHED_INTS = 4;

    private final String id;
    private final String name;
    private final int serial;
    private final World world;
    private final int[] hashed;
    /** How snapshots name them: every tick begins with one. */
    private final byte[] named;

    private int[] input;
    private int viewLag = LEAST_VIEW_LAG;
    private @Nullable Body body;
    private boolean away;
    private boolean gone;
    private int number;
    private boolean changed = true;
    private int low;
    private int high;

    /** @param serial how many had joined before */
    Player(String id, String name, int serial, World world) {
        this.id = id;
        this.name = name;
        this.serial = serial;
        this.world = world;
        this.input = world.plan().playerInput().initial();
        this.hashed = new int[HASHED_INTS + input.length];
        hashed[0] = textHash(id) + Rand.mix(textHash(name));
        ByteWriter out = new ByteWriter();
        out.text(id);
        out.text(name);
        this.named = out.copy();
    }

    private static int textHash(String text) {
        int hash = text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = Rand.mix(hash + text.charAt(i));
        }
        return hash;
    }

    /** As the ticket names them, unique in the instance. A guest gets a new one with every join. */
    public String id() {
        return id;
    }

    /** To be shown; at most 24 characters, not unique. */
    public String name() {
        return name;
    }

    /** Id and name, as {@link ByteWriter#text} writes them. */
    byte[] named() {
        return named;
    }

    /** Whether their connection is lost. Their input is neutral meanwhile, and they may come back at any time. */
    public boolean isAway() {
        return away;
    }

    /**
     * Gives an actor of this world to this player, whose input steers it from the same tick on; what they held goes on. All
     * players are told. The actor they had, if any, is left without input.
     *
     * @return the actor
     */
    public <A> A control(A actor) {
        Body controlled = world.body(actor);
        if (controlled.kind().input() == null) {
            throw new IllegalArgumentException("kind " + controlled.kind().name() + " takes no input");
        }
        if (controlled.player != null && controlled.player != this) {
            throw new IllegalStateException("actor " + controlled.id() + " is controlled by another player");
        }
        release();
        hold(controlled);
        controlled.steer(input);
        world.directoryChanged(this);
        return actor;
    }

    /** The actor this player controls; null for a spectator. */
    public @Nullable Object actor() {
        return body == null ? null : body.actor();
    }

    /**
     * What this player wants in this tick, whether they have an actor or not: a copy.
     *
     * @param type the plan's input class
     */
    public <I> I input(Class<I> type) {
        Kind<Object> kind = world.plan().playerInput().kind();
        Object wanted = kind.create();
        kind.read(input, 0, wanted);
        return type.cast(wanted);
    }

    /** The same as a row of that class: a copy. */
    public int[] inputRow() {
        return input.clone();
    }

    /** Whether the world has let go of them, or has another in their stead since it was put back. */
    boolean isGone() {
        return gone;
    }

    void go() {
        gone = true;
    }

    @Nullable
    Body body() {
        return body;
    }

    int serial() {
        return serial;
    }

    /** Place among the players, as of the newest {@link Players#number}. */
    int number() {
        return number;
    }

    void number(int newNumber) {
        number = newNumber;
    }

    int[] input() {
        return input;
    }

    /** How many ticks before the one being stepped the world was as this player saw it when their input last changed. */
    int viewLag() {
        return viewLag;
    }

    /** What the player wants, with or without an actor. */
    void wants(int[] row, int newViewLag) {
        input = row;
        viewLag = newViewLag;
        changed = true;
        if (body != null) {
            body.steer(row);
        }
    }

    /** The connection was lost, or there is a new one: what was held is let go. All players are told. */
    void away(boolean isAway) {
        away = isAway;
        wants(world.plan().playerInput().initial(), LEAST_VIEW_LAG);
        world.directoryChanged(this);
    }

    /** Gives up the actor, which is steered by nobody from now on. */
    void release() {
        if (body != null) {
            body.player = null;
            body.steerNeutral();
            body = null;
            changed = true;
            world.directoryChanged(this);
        }
    }

    /** As they were stored: nobody is told. */
    void restore(int[] row, int newViewLag, boolean isAway) {
        input = row;
        viewLag = newViewLag;
        away = isAway;
    }

    /** The actor is theirs, steered by whatever steers it. */
    void hold(Body controlled) {
        body = controlled;
        controlled.player = this;
        changed = true;
    }

    void hash(Digest digest) {
        if (changed) {
            hashed[1] = away ? 1 : 0;
            hashed[2] = viewLag;
            hashed[3] = body == null ? 0 : body.id();
            System.arraycopy(input, 0, hashed, HASHED_INTS, input.length);
            low = Digest.low(serial, HASHED_AS, hashed, 0, hashed.length);
            high = Digest.high(serial, HASHED_AS, hashed, 0, hashed.length);
            changed = false;
        }
        digest.add(low, high);
    }
}
