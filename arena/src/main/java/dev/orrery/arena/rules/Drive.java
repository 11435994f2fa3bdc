package dev.orrery.arena.rules;

import dev.orrery.rules.Hidden;
import dev.orrery.rules.Input;
import dev.orrery.rules.Int;
import dev.orrery.rules.Num;

/** What a pilot wants: where to, how fast, boosts and shots. */
@Input
public final class Drive {
    /** The wanted direction as a joystick gives it; its length, held to 1, is the throttle. */
    @Num(min = -1, max = 1, quantum = 0x1p-6)
    public double x, y;

    /**
     * How often the boost button was pressed, 1 to 255 and then 1 again, so that a press that arrives late still counts.
     * 0 says nothing: a pilot who fell silent does not boost.
     */
    @Int(max = 255)
    public int boost;

    /** Press counters of the guns and of the lance, counted as {@link #boost}. No ship's own step reads them: nobody else is told. */
    @Hidden
    @Int(max = 255)
    public int fire, lance;
}
