package dev.orrery.transport;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The namespaces of a server: those that were opened by name, and those that come into being when a client connects to a name that a
 * pattern matches; the latter go when their last socket has left. May be used by any thread; guarded by itself.
 */
final class Namespaces {
    private final Transport transport;
    private final Map<String, Namespace> byName = new HashMap<>();
    private final List<Family> families = new ArrayList<>();
    /** Those of {@link #byName} that a client brought into being. */
    private final Set<Namespace> children = new HashSet<>();

    private record Family(Pattern names, Consumer<Namespace> setUp) {}

    Namespaces(Transport transport) {
        this.transport = transport;
    }

    /** The namespace of that name; opened if there is none. */
    synchronized Namespace of(String name) {
        if (!name.startsWith("/")) {
            throw new IllegalArgumentException("the name of a namespace begins with a slash: " + name);
        }
        return byName.computeIfAbsent(name, missing -> new Namespace(missing, transport, () -> {}));
    }

    synchronized void of(Pattern names, Consumer<Namespace> setUp) {
        families.add(new Family(names, setUp));
    }

    /** The namespace that a client connects to; null if there is none, or no more may come into being. */
    synchronized @Nullable Namespace resolve(String name) {
        Namespace known = byName.get(name);
        if (known != null) {
            known.expect();
            return known;
        }
        for (Family family : families) {
            if (family.names.matcher(name).matches()
                    && children.size() < transport.limits().maxPatternNamespaces()) {
                Namespace child = new Namespace(name, transport, () -> removeIfUnused(name));
                family.setUp.accept(child);
                byName.put(name, child);
                children.add(child);
                child.expect();
                return child;
            }
        }
        return null;
    }

    private synchronized void removeIfUnused(String name) {
        Namespace child = byName.get(name);
        if (child != null && children.contains(child) && child.isUnused()) {
            remove(child);
        }
    }

    synchronized void remove(Namespace namespace) {
        byName.remove(namespace.name(), namespace);
        children.remove(namespace);
    }
}
