package dev.orrery.server;

import io.javalin.json.JsonMapper;

/** In place of the mapper that Javalin would look for: JSON is read and written by our own means only. */
final class NoMapper implements JsonMapper {}
