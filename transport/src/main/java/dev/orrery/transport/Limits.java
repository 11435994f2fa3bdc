package dev.orrery.transport;

import dev.orrery.wire.PacketLimits;
import java.util.function.Consumer;

/**
 * Every limit of the transport. All hold before a client has authenticated; whoever meets one is refused with a reason and
 * counted, and nobody else notices.
 *
 * @param packet what one Socket.IO packet may be
 * @param maxPayloadBytes largest message taken from a client, inflated and joined of its fragments; clients are told
 * @param maxBodyBytes largest body of an HTTP request that is not Socket.IO's
 * @param maxHeaderBytes headers of an HTTP request; its first line may have 4,096
 * @param maxFragments WebSocket frames of which a message may be joined
 * @param requestTimeoutMillis how long a request may take to arrive, and a connection to make its first
 * @param keepAliveMillis how long a connection may be idle between two requests
 * @param maxConnections connections of the whole port
 * @param maxConnectionsPerAddress of one client address (IPv6: of one /64), many because of NAT
 * @param connects new connections of one client address
 * @param maxSessionsPerAddress Engine.IO sessions of one client address
 * @param handshakes new sessions of one client address
 * @param messages messages of one session, attachments included
 * @param messageBytes their bytes
 * @param controlFrames WebSocket pings and pongs of one connection
 * @param maxNamespaces that one session may be in
 * @param maxPatternNamespaces that clients can bring into being by connecting to a pattern, all together
 * @param maxRooms that one socket may be in
 * @param maxAcks acknowledgements that one socket may owe
 * @param maxPendingBytes that wait in a connection's channel before it counts as not writable: volatile packets are dropped then
 * @param maxQueuedBytes reliable packets that wait for one session; one more and it is closed, as it reads too slowly
 */
public record Limits(
        PacketLimits packet,
        int maxPayloadBytes,
        int maxBodyBytes,
        int maxHeaderBytes,
        int maxFragments,
        int requestTimeoutMillis,
        int keepAliveMillis,
        int maxConnections,
        int maxConnectionsPerAddress,
        Rate connects,
        int maxSessionsPerAddress,
        Rate handshakes,
        Rate messages,
        Rate messageBytes,
        Rate controlFrames,
        int maxNamespaces,
        int maxPatternNamespaces,
        int maxRooms,
        int maxAcks,
        int maxPendingBytes,
        int maxQueuedBytes) {

    public static final Limits DEFAULT = new Limits(
            PacketLimits.DEFAULT,
            65_536,
            8_192,
            16_384,
            128,
            10_000,
            30_000,
            18_000,
            4_000,
            new Rate(500, 8_000),
            4_000,
            new Rate(200, 4_000),
            new Rate(200, 2_000),
            new Rate(262_144, 1_048_576),
            new Rate(10, 100),
            8,
            10_000,
            64,
            64,
            65_536,
            1_048_576);

    public Limits {
        require(maxPayloadBytes >= 128, "a payload must hold at least a CONNECT packet with its ticket");
        require(maxBodyBytes <= maxPayloadBytes, "an HTTP body is a message too: it may not be larger than one");
        require(packet.maxBytes() >= maxPayloadBytes, "a packet must be able to hold one message");
        require(messageBytes.burst() >= maxPayloadBytes, "the rate of bytes must let the largest message through");
        require(maxHeaderBytes >= 1_024, "a browser's headers must fit");
        require(maxFragments >= 1, "a message has one fragment at least");
        require(requestTimeoutMillis > 0 && keepAliveMillis > 0, "timeouts must be positive");
        require(maxConnections >= 1 && maxConnectionsPerAddress >= 1, "there must be room for one connection");
        require(maxSessionsPerAddress >= 1, "there must be room for one session");
        require(maxNamespaces >= 1, "a session must be able to enter one namespace");
        require(maxPatternNamespaces >= 0 && maxRooms >= 0 && maxAcks >= 0, "a limit cannot be negative");
        require(maxPendingBytes >= 1_024, "a connection must be able to hold one frame");
        require(maxQueuedBytes >= maxPayloadBytes, "what a client may send, a client must be able to get back");
    }

    /** These limits with some of them changed: {@code limits.with(l -> l.maxRooms = 8)}. */
    public Limits with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.build();
    }

    private static void require(boolean holds, String reason) {
        if (!holds) {
            throw new IllegalArgumentException(reason);
        }
    }

    /** The limits while they are being changed; the fields mean what the record's components of the same name do. */
    public static final class Draft {
        public PacketLimits packet;
        public int maxPayloadBytes;
        public int maxBodyBytes;
        public int maxHeaderBytes;
        public int maxFragments;
        public int requestTimeoutMillis;
        public int keepAliveMillis;
        public int maxConnections;
        public int maxConnectionsPerAddress;
        public Rate connects;
        public int maxSessionsPerAddress;
        public Rate handshakes;
        public Rate messages;
        public Rate messageBytes;
        public Rate controlFrames;
        public int maxNamespaces;
        public int maxPatternNamespaces;
        public int maxRooms;
        public int maxAcks;
        public int maxPendingBytes;
        public int maxQueuedBytes;

        private Draft(Limits from) {
            packet = from.packet;
            maxPayloadBytes = from.maxPayloadBytes;
            maxBodyBytes = from.maxBodyBytes;
            maxHeaderBytes = from.maxHeaderBytes;
            maxFragments = from.maxFragments;
            requestTimeoutMillis = from.requestTimeoutMillis;
            keepAliveMillis = from.keepAliveMillis;
            maxConnections = from.maxConnections;
            maxConnectionsPerAddress = from.maxConnectionsPerAddress;
            connects = from.connects;
            maxSessionsPerAddress = from.maxSessionsPerAddress;
            handshakes = from.handshakes;
            messages = from.messages;
            messageBytes = from.messageBytes;
            controlFrames = from.controlFrames;
            maxNamespaces = from.maxNamespaces;
            maxPatternNamespaces = from.maxPatternNamespaces;
            maxRooms = from.maxRooms;
            maxAcks = from.maxAcks;
            maxPendingBytes = from.maxPendingBytes;
            maxQueuedBytes = from.maxQueuedBytes;
        }

        private Limits build() {
            return new Limits(
                    packet,
                    maxPayloadBytes,
                    maxBodyBytes,
                    maxHeaderBytes,
                    maxFragments,
                    requestTimeoutMillis,
                    keepAliveMillis,
                    maxConnections,
                    maxConnectionsPerAddress,
                    connects,
                    maxSessionsPerAddress,
                    handshakes,
                    messages,
                    messageBytes,
                    controlFrames,
                    maxNamespaces,
                    maxPatternNamespaces,
                    maxRooms,
                    maxAcks,
                    maxPendingBytes,
                    maxQueuedBytes);
        }
    }
}
