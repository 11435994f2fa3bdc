package dev.orrery.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A range of IP addresses.
 *
 * @param address any address of it
 * @param prefixBits leading bits that its addresses share
 */
public record Network(InetAddress address, int prefixBits) {
    private static final int BITS = 8;

    public Network {
        if (prefixBits < 0 || prefixBits > address.getAddress().length * BITS) {
            throw new IllegalArgumentException("a prefix has 0 to 32 bits (IPv6: 128): " + prefixBits);
        }
    }

    /**
     * Reads {@code 10.0.0.0/8}, {@code fd00::/8} or a single address.
     *
     * @throws IllegalArgumentException in a sentence, for anything else (names are not looked up)
     */
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        try {
            InetAddress address = literal(host);
            int bits = slash < 0 ? address.getAddress().length * BITS : Integer.parseInt(text.substring(slash + 1));
            return new Network(address, bits);
        } catch (UnknownHostException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is neither an IP address nor a network like 10.0.0.0/8", e);
        }
    }

    /** An address written in digits; never asks a name server. */
    static InetAddress literal(String text) throws UnknownHostException {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw new UnknownHostException(text);
        }
    }

    public boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefixBits; bit++) {
            int mask = 0x80 >> bit % BITS;
            if ((mine[bit / BITS] & mask) != (theirs[bit / BITS] & mask)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefixBits;
    }
}
