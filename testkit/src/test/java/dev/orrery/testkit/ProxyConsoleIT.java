package dev.orrery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The proxy as a process, with nothing on its class path but this module's own classes. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProxyConsoleIT {
    private static Process start(String... args) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "-cp", "target/classes", "dev.orrery.testkit.DelayProxy"));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    @Test
    void shouldObeyItsLinesAndEndWithItsInput() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            String target = String.valueOf(listener.getLocalPort());
            Process process =
                    start("--target", target, "--listen", "0", "--delay", "5", "--jitter", "2", "--seed", "1");
            BufferedReader out = process.inputReader();
            Writer in = process.outputWriter();
            String words = out.readLine();
            assertThat(words).matches("listening on \\d+");

            int port = Integer.parseInt(words.substring("listening on ".length()));
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
                    Socket server = listener.accept()) {
                assertThat(Link.travelMillis(client, server)).isGreaterThanOrEqualTo(5);
                assertThat(told(in, out, "delay 80 0")).isEqualTo("ok");
                assertThat(Link.travelMillis(client, server)).isGreaterThanOrEqualTo(80);
                assertThat(told(in, out, "stall 100")).isEqualTo("ok");
                assertThat(told(in, out, "delay 80")).startsWith("commands: ");
                assertThat(told(in, out, "delay -1 0")).contains("baseMillis");
                assertThat(told(in, out, "cut")).isEqualTo("ok");
            }
            in.close();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
    }

    @Test
    void shouldSayWhatIsWrongWithItsArguments() throws Exception {
        for (String[] args : List.of(
                new String[] {},
                new String[] {"--target"},
                new String[] {"--target", "http"},
                new String[] {"--target", "70000"},
                new String[] {"--target", "80", "--delay", "-1"},
                new String[] {"--goal", "80"})) {
            Process process = start(args);
            assertThat(process.inputReader().lines()).anyMatch(line -> line.startsWith("usage: "));
            assertThat(process.waitFor()).isEqualTo(2);
        }
    }

    private static String told(Writer in, BufferedReader out, String line) throws IOException {
        in.write(line + "\n");
        in.flush();
        return out.readLine();
    }
}
