package dev.orrery.transport;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The namespaces of a node by name. May be used by any thread. */
final class Namespaces {
    private final ConcurrentHashMap<String, Namespace<?>> byName = new ConcurrentHashMap<>();

    void add(Namespace<?> namespace) {
        if (byName.putIfAbsent(namespace.name(), namespace) != null) {
            throw new IllegalArgumentException("there already is a namespace " + namespace.name());
        }
    }

    void remove(Namespace<?> namespace) {
        byName.remove(namespace.name(), namespace);
    }

    @Nullable
    Namespace<?> find(String name) {
        return byName.get(name);
    }
}
