package dev.orrery.transport;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Which pages may talk to the server (CORS, and the Origin of WebSockets, which CORS does not cover): those it served itself and
 * those of listed origins. Programs, which send no Origin, are not judged here. May be used by any thread.
 */
final class Origins {
    private static final String ANY = "*";
    private static final String METHODS = "GET, POST, OPTIONS";
    private static final String MAX_AGE_SECONDS = "600";

    /**
     * @param allowed whether the page may use what changes something, or opens a session
     * @param headers what its browser must be told with the answer
     */
    record Verdict(boolean allowed, HttpHeaders headers) {}

    private final Set<String> allowed;
    private final Verdict refused;
    private final Verdict own;

    Origins(Set<String> allowed) {
        this.allowed = allowed;
        // A cache must not give one page's answer to another.
        HttpHeaders headers = allowed.isEmpty()
                ? EmptyHttpHeaders.INSTANCE
                : new DefaultHttpHeaders().set(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
        this.refused = new Verdict(false, headers);
        this.own = new Verdict(true, headers);
    }

    Verdict judge(HttpRequest request) {
        String origin = request.headers().get(HttpHeaderNames.ORIGIN);
        if (origin == null || isOwn(origin, request.headers().get(HttpHeaderNames.HOST, ""))) {
            return own;
        }
        boolean any = allowed.contains(ANY);
        if (!any && !allowed.contains(origin.toLowerCase(Locale.ROOT))) {
            return refused;
        }
        // Never with credentials: nothing here goes by cookies.
        HttpHeaders headers = new DefaultHttpHeaders()
                .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, any ? ANY : origin)
                .set(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
        if (request.headers().contains(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD)) {
            headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
                    .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, "Content-Type, Authorization")
                    .set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, MAX_AGE_SECONDS);
        }
        return new Verdict(true, headers);
    }

    private static boolean isOwn(String origin, String host) {
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority != null && authority.equalsIgnoreCase(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
