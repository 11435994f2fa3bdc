package dev.orrery.server;

import dev.orrery.transport.HttpHandler;
import org.jspecify.annotations.Nullable;

/** Answers what comes to the public port over HTTP: the API, and otherwise pages. May be used by any thread. */
final class Router implements HttpHandler {
    private final Pages pages;
    private volatile @Nullable PublicApi api;

    Router(Pages pages) {
        this.pages = pages;
    }

    /** The API is ready. */
    void serve(PublicApi newApi) {
        api = newApi;
    }

    @Override
    public Reply handle(Request request) {
        PublicApi ready = api;
        return ready != null && request.path().startsWith(PublicApi.PREFIX)
                ? ready.handle(request)
                : pages.handle(request);
    }
}
