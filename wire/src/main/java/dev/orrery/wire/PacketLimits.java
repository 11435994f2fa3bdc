package dev.orrery.wire;

/**
 * What one Socket.IO packet of a client may be.
 *
 * @param maxNamespaceLength characters of a namespace's name
 * @param maxAttachments binary attachments
 * @param maxBytes text (as characters) and attachments together, the latter while they wait for the last
 * @param maxDepth nesting of arrays and objects
 */
public record PacketLimits(int maxNamespaceLength, int maxAttachments, int maxBytes, int maxDepth) {
    public static final PacketLimits DEFAULT = new PacketLimits(128, 10, 262_144, 32);

    public PacketLimits {
        if (maxNamespaceLength < 1 || maxAttachments < 0 || maxBytes < 1 || maxDepth < 1) {
            throw new IllegalArgumentException("a limit of packets that lets none through");
        }
        if (maxDepth > Json.MAX_DEPTH) {
            throw new IllegalArgumentException("values are read recursively: no deeper than " + Json.MAX_DEPTH);
        }
    }
}
