package dev.orrery.cli;

/** The three ways in which the official client carries its packets. */
enum Mode {
    POLLING_ONLY("polling", "polling"),
    WEBSOCKET_ONLY("websocket", "websocket"),
    POLLING_THEN_UPGRADE("polling", "websocket");

    private final String first;
    private final String last;

    Mode(String first, String last) {
        this.first = first;
        this.last = last;
    }

    String[] transports() {
        return first.equals(last) ? new String[] {last} : new String[] {first, last};
    }

    /** The transport that carries a connection in the end. */
    String last() {
        return last;
    }
}
