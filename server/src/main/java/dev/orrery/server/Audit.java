package dev.orrery.server;

import dev.orrery.wire.Json;
import io.javalin.http.Context;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down who changed what: a line of the log for every change that came through the management API. */
final class Audit {
    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

    private final Gatekeeper gate;

    Audit(Gatekeeper gate) {
        this.gate = gate;
    }

    /**
     * A change was made.
     *
     * @param what was done, and to what
     * @param how its details; told as JSON, so that none of it can look like another line
     */
    void log(Context ctx, String what, Json how) {
        LOG.info("{} by {}: {}", what, gate.address(ctx).getHostAddress(), how.toText());
    }

    static Json of(String text) {
        return new Json.Str(text);
    }

    static Json of(double number) {
        return new Json.Num(number);
    }
}
