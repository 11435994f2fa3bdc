package dev.orrery.transport;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Who the client is when proxies stand before the server. What a connection says of the client is believed only if the
 * connection comes from a trusted proxy; of X-Forwarded-For, to which each proxy appends, the last address that is no trusted
 * proxy counts. May be used by any thread.
 */
final class Proxies {
    /** The client's address as PROXY v2 told it. */
    static final AttributeKey<InetAddress> TOLD = AttributeKey.valueOf(Proxies.class, "told");

    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final String FORWARDED_PROTO = "X-Forwarded-Proto";

    private final List<Network> trusted;

    Proxies(List<Network> trusted) {
        this.trusted = trusted;
    }

    boolean trusts(InetAddress address) {
        for (Network network : trusted) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** Whoever has the connection: the client, or the last proxy before the server. */
    static InetAddress peer(Channel channel) {
        SocketAddress remote = channel.remoteAddress();
        return remote instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress()
                : InetAddress.getLoopbackAddress(); // closed meanwhile: nobody will be answered
    }

    HttpExchange.Client client(Channel channel, HttpRequest request) {
        boolean encrypted = channel.pipeline().get(SslHandler.class) != null;
        InetAddress told = channel.attr(TOLD).get();
        InetAddress address = told == null ? peer(channel) : told;
        if (trusted.isEmpty() || !trusts(peer(channel))) {
            return new HttpExchange.Client(address, encrypted);
        }
        List<String> lines = request.headers().getAll(FORWARDED_FOR);
        String[] hops = String.join(",", lines).split(",", -1);
        for (int i = hops.length - 1; i >= 0 && trusts(address); i--) {
            try {
                address = Network.literal(hops[i].strip());
            } catch (UnknownHostException e) {
                break; // what stands further left was written by somebody who is not trusted
            }
        }
        boolean forwardedTls = "https".equalsIgnoreCase(request.headers().get(FORWARDED_PROTO, ""));
        return new HttpExchange.Client(address, encrypted || forwardedTls);
    }
}
