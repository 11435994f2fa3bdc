package dev.orrery.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code health}: asks a node how it is, for containers, whose images need no other program for it then. */
@Command(
        name = "health",
        description = "Exit with 0 if a node answers 200, with 1 otherwise.",
        mixinStandardHelpOptions = true,
        version = Orrery.VERSION)
final class HealthCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int OK = 200;

    @Parameters(
            arity = "0..1",
            defaultValue = "http://127.0.0.1:8081/health/ready",
            paramLabel = "URL",
            description = "What to ask (default: ${DEFAULT-VALUE}).")
    private URI url = URI.create("");

    HealthCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build()) {
            HttpRequest request = HttpRequest.newBuilder(url).timeout(PATIENCE).build();
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            System.out.println(response.statusCode() + " " + response.body().strip());
            return response.statusCode() == OK ? 0 : 1;
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("orrery: " + url + " does not answer");
            return 1;
        }
    }
}
