package dev.orrery.world;

import static org.assertj.core.api.Assertions.assertThat;

/** A player of this module's tests: their seat, and the line that plays. */
record Guest(Seat seat, Line line) {
    static Guest join(Tick tick, String player) {
        Guest guest = new Guest(tick.seat(player, player), tick.line("secret of " + player));
        assertThat(guest.seat.take(guest.line)).isTrue();
        assertThat(tick.join(guest.seat)).isTrue();
        return guest;
    }

    /** The same player on a new connection. */
    Guest again(Tick tick) {
        Guest guest = new Guest(seat, tick.line("new secret of " + seat.player()));
        assertThat(seat.take(guest.line)).isTrue();
        return guest;
    }
}
