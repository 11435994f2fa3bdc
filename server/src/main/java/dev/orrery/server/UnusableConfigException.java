package dev.orrery.server;

import java.io.IOException;
import java.util.List;

/** A configuration that a node cannot be started with; the message has one sentence a line, each with file, line and key. */
public final class UnusableConfigException extends IOException {
    private final List<String> complaints;

    UnusableConfigException(List<String> complaints) {
        super(String.join("\n", complaints));
        this.complaints = List.copyOf(complaints);
    }

    /** Everything that is wrong, in the order in which it was found; never with a secret in it. */
    public List<String> complaints() {
        return complaints;
    }

    /** An operator's mistake has no stack that would tell anybody anything. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
