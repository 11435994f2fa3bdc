package dev.orrery.e2e.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The server reads packets as the official parser does, but for a short list of differences. 10,000 connections in every build;
 * {@code -Dorrery.parser.count=1000000} for more, {@code -Dorrery.parser.seed} for others.
 */
final class ParserDifferenceTest {
    private static final Path CORPUS =
            Path.of("..", "wire", "src", "test", "resources", "fuzz", "SocketDecoderFuzzTest");
    private static final int COUNT = Integer.getInteger("orrery.parser.count", 10_000);
    private static final long SEED = Long.getLong("orrery.parser.seed", 42);
    /** The bits of numbers that JavaScript reads from JSON and does not write as such: infinities, and the negative zero. */
    private static final Pattern UNWRITABLE = Pattern.compile("=[7f]ff0{13}|=80{15}");
    /** Enough to see what is wrong. */
    private static final int SHOWN = 10;

    /** The messages of one connection, and where they come from. */
    private record Trial(String origin, List<Json> messages) {}

    @Test
    void shouldReadWhatTheOfficialParserReads() throws Exception {
        List<Trial> trials = trials();
        List<Json> answers = OfficialParser.ask(
                trials.stream().map(trial -> line(trial.messages)).toList());
        List<String> wrong = new ArrayList<>();
        Map<IntendedDifference, Integer> intended = new EnumMap<>(IntendedDifference.class);
        int taken = 0;
        for (int i = 0; i < trials.size(); i++) {
            Trial trial = trials.get(i);
            Outcome server = Outcome.ofServer(trial.messages);
            Outcome official = Outcome.ofLine(answers.get(i));
            taken += server.isRefused() ? 0 : 1;
            Optional<IntendedDifference> difference = IntendedDifference.of(trial.messages, server, official);
            difference.ifPresent(known -> intended.merge(known, 1, Integer::sum));
            if (difference.isEmpty() && !server.agreesWith(official)) {
                wrong.add("%s: %s%n  server   %s%n  official %s"
                        .formatted(trial.origin, line(trial.messages).toText(), server, official));
            }
        }
        System.out.printf(
                "%,d connections from seed %d, %,d without a refusal; intended differences %s%n",
                trials.size(), SEED, taken, intended);
        assertThat(wrong.stream().limit(SHOWN))
                .as("%d differences", wrong.size())
                .isEmpty();
        assertThat(intended.keySet())
                .as("a difference that is never met is none")
                .containsExactly(IntendedDifference.values());
        assertThat(taken)
                .as("packets that were read, so that contents were compared")
                .isGreaterThan(COUNT / 4);
    }

    /** What the official encoder makes of a packet that both have read, the server reads as the same packet. */
    @Test
    void shouldReadWhatTheOfficialEncoderWrites() throws Exception {
        List<Trial> trials = trials();
        List<Json> answers = OfficialParser.ask(
                trials.stream().map(trial -> line(trial.messages)).toList());
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < trials.size(); i++) {
            Outcome server = Outcome.ofServer(trials.get(i).messages);
            if (!server.isRefused() && !UNWRITABLE.matcher(server.toString()).find()) {
                List<Json> again = new ArrayList<>();
                ((Json.Arr) answers.get(i).get("again"))
                        .values()
                        .forEach(packet -> again.addAll(((Json.Arr) packet).values()));
                Outcome reread =
                        Outcome.ofServer(again.stream().map(Exact::toMessage).toList());
                if (!reread.packets().equals(server.packets())) {
                    wrong.add(trials.get(i).origin + ": " + again + "\n  was  " + server + "\n  came " + reread);
                }
            }
        }
        assertThat(wrong.stream().limit(SHOWN))
                .as("%d differences", wrong.size())
                .isEmpty();
    }

    private static Json line(List<Json> messages) {
        return new Json.Arr(messages.stream().map(Exact::message).toList());
    }

    private static List<Trial> trials() throws IOException {
        List<Trial> trials = new ArrayList<>();
        try (Stream<Path> files = Files.list(CORPUS)) {
            for (Path file : files.sorted().toList()) {
                trials.add(new Trial(file.getFileName().toString(), PacketSource.read(Files.readAllBytes(file))));
            }
        }
        int files = trials.size();
        for (int i = 0; i < COUNT; i++) {
            PacketSource source = new PacketSource(SEED * 31 + i);
            List<Json> messages = i % 4 == 0 ? trials.get(i / 4 % files).messages : source.messages();
            trials.add(new Trial("number " + i + " of seed " + SEED, i % 2 == 0 ? source.damaged(messages) : messages));
        }
        return trials;
    }
}
