package dev.orrery.processor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A browser module is only written for actors that a browser can predict. */
class BrowserMisuseTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            @Actor public final class Ship {}                      | @Input | @GameMap | at least one must implement Solo
            public final class Ship implements Solo<Drive, Sea> { public void step(Drive d, Sea s, Settings t) {} } | @Input | @GameMap | annotate it @Actor
            @Actor public final class Ship implements Solo<Drive, Sea> { public void step(Drive d, Sea s, Settings t) {} } | `` | @GameMap | Drive of Ship lacks @Input
            @Actor public final class Ship implements Solo<Drive, Sea> { public void step(Drive d, Sea s, Settings t) {} } | @Input | `` | Sea lacks @GameMap
            """)
    void shouldRefuse(String ship, String input, String map, String sentence) {
        Compilation compilation = Compilation.of(
                "package game.rules; import dev.orrery.rules.*; " + ship,
                "package game.rules; import dev.orrery.rules.*; " + input + " public final class Drive {}",
                "package game.rules; import dev.orrery.rules.*; " + map + " public final class Sea { public Sea() {} }",
                """
                @Browser(value = Ship.class, module = "rules")
                package game.web;

                import dev.orrery.rules.Browser;
                import game.rules.Ship;
                """);
        assertThat(compilation.errors()).anySatisfy(error -> assertThat(error).contains(sentence));
        assertThat(compilation.outputs()).doesNotContainKey("game/web/RulesExports.class");
    }
}
