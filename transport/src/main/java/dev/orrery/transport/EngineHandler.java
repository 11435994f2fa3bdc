package dev.orrery.transport;

/** Says who serves a new Engine.IO session. */
@FunctionalInterface
public interface EngineHandler {
    /** Called once for each session, on its thread, before anything is received. */
    EngineListener open(EngineSession session);
}
