package dev.orrery.client;

import dev.orrery.rules.Contact;
import dev.orrery.rules.Field;
import dev.orrery.rules.Settings;
import dev.orrery.rules.Solo;
import dev.orrery.wire.BitReader;
import dev.orrery.wire.BlockException;
import org.jspecify.annotations.Nullable;

/** An actor as a client sees it. Owned by the thread of its view. */
public final class Seen {
    private static final int SLOT_MASK = 0xFFFF;

    final SeenKind kind;
    final int[] row;
    final int[] input;
    private final int id;
    private final Object actor;
    private final @Nullable Object wanted;
    private int @Nullable [] residual;
    private boolean corrected;
    private boolean met;
    boolean gone;
    /** The newest tick in which something beside its own step changed it, or in which it came. */
    private long touchedAt;

    Seen(int id, SeenKind kind) {
        this.id = id;
        this.kind = kind;
        row = kind.newRow();
        input = kind.newInput();
        actor = kind.kind.create();
        wanted = kind.input == null ? null : kind.input.create();
    }

    /** Slot and generation, as the server's. */
    public int id() {
        return id;
    }

    public String kind() {
        return kind.name();
    }

    /** Its row at the end of its cell's newest tick; what clients are not told is as in a new actor. Not to be changed. */
    public int[] row() {
        return row;
    }

    /** What clients are told of the row, in its order. */
    public int[] told() {
        int[] told = new int[kind.codec.length()];
        kind.codec.copySeen(row, told);
        return told;
    }

    /** What clients are told of what steers it, in its order. */
    public int[] toldInput() {
        int[] told = new int[kind.inputCodec == null ? 0 : kind.inputCodec.length()];
        if (kind.inputCodec != null) {
            kind.inputCodec.copySeen(input, told);
        }
        return told;
    }

    /** What steers it: of the same tick. Not to be changed. */
    public int[] input() {
        return input;
    }

    /**
     * The newest tick of which the client was told something that its own step did not give: a collision, a hit, its coming.
     */
    public long touchedAt() {
        return touchedAt;
    }

    void touch(long tick) {
        touchedAt = tick;
    }

    /** In what this actor is otherwise than it really is; null if in nothing that everyone may see. */
    @Nullable
    Divergence difference(Seen actual, long tick) {
        Field[] fields = kind.kind.table().byPlace();
        for (int at = 0; at < row.length; at++) {
            if (row[at] != actual.row[at] && fields[at].audience() == Field.Audience.EVERYONE) {
                return new Divergence(tick, id, kind.name(), fields[at].name(), row[at], actual.row[at]);
            }
        }
        return null;
    }

    int slot() {
        return id & SLOT_MASK;
    }

    void readWhole(BitReader in) throws BlockException {
        in.about(kind.name());
        kind.codec.readWhole(in, row);
        if (kind.inputCodec != null) {
            in.about(kind.inputName());
            kind.inputCodec.readWhole(in, input);
        }
    }

    void readChange(BitReader in) throws BlockException {
        if (kind.inputCodec == null) {
            throw BlockException.Reason.BAD_CODE.exception();
        }
        in.about(kind.inputName());
        kind.inputCodec.readChange(in, input);
    }

    void readResidual(BitReader in) throws BlockException {
        if (residual == null) {
            residual = new int[kind.codec.length()];
        }
        in.about(kind.name());
        kind.codec.readResidual(in, residual);
        corrected = true;
    }

    /** Takes its own step of a tick. */
    @SuppressWarnings({"unchecked", "rawtypes", "NullAway"}) // SeenGame.player ties actor and input together.
    void step(Object map, Settings settings) {
        if (kind.steps) {
            kind.kind.read(row, 0, actor);
            if (kind.input != null) {
                kind.input.read(input, 0, wanted);
            }
            ((Solo) actor).step(wanted, map, settings);
            kind.kind.write(actor, row, 0);
        }
    }

    /** Meets another of its kind, if they are near after their own steps. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // Only of kinds that touch themselves.
    void meet(Seen other, Object map, Settings settings) {
        ((Contact) actor).contact(other.actor, map, settings);
        met = true;
        other.met = true;
    }

    /** The tick is over for it: what contacts have made of it, and what all that got wrong. */
    void settle(long tick) throws BlockException {
        if (met) {
            kind.kind.write(actor, row, 0);
        }
        if (corrected && residual != null) {
            kind.codec.add(residual, row);
        }
        touchedAt = met || corrected ? tick : touchedAt;
        met = false;
        corrected = false;
    }
}
