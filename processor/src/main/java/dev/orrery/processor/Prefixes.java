package dev.orrery.processor;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * Sentences for prefixes of class names, so that one entry serves a package or a family of classes.
 *
 * @param sentences by prefix
 */
record Prefixes(Map<String, String> sentences) {
    /** The sentence of the longest prefix that fits. */
    Optional<String> longest(String name) {
        return sentences.entrySet().stream()
                .filter(entry -> name.startsWith(entry.getKey()))
                .max(Comparator.comparingInt(entry -> entry.getKey().length()))
                .map(Map.Entry::getValue);
    }
}
