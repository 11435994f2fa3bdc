package dev.orrery.processor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every shape that cannot be synced is refused at its line, with a word on what to write instead. */
class MisuseTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            public double v;                                              | v is a double without a grain; add @Num
            @Num(max = 1, quantum = 0.1) public double v;                 | write 0x1p-8
            @Num(max = 1, quantum = 0) public double v;                   | no power of two
            @Num(max = 1e6, quantum = 0x1p-20) public double v;           | more quanta than an int counts
            @Num(min = 1, max = 1, quantum = 1) public double v;          | min must lie below max
            @Num(max = 1.5, quantum = 1) public double v;                 | a bound between two quanta
            @Num(max = 1, quantum = 1) public int v;                      | is no double; drop @Num
            @Int(max = 1) public double v;                                | is no int; drop @Int
            @Int(min = 2, max = 1) public int v;                          | min must lie below max
            @Int(max = 1) @Ref public int v;                              | has @Int and @Ref; keep one
            @Owner @Hidden public int v;                                  | has @Owner and @Hidden; keep one
            public float v;                                               | use a double with @Num
            public long v;                                                | use an int, or two
            public short v;                                               | use an int with @Int(min, max)
            public String v = "";                                         | a String; use double, int, boolean, an enum
            public final java.util.List<String> v = java.util.List.of();  | a List; use double
            private int v;                                                | v is private; make it public
            public final int v = 1;                                       | drop final, or make it static
            public final int[] v = new int[2];                            | add @Length(n)
            @Length(0) public final int[] v = new int[0];                 | add @Length(n) with n from 1 to 1024
            @Length(2) public int[] v = new int[2];                       | an array that could be replaced
            @Length(2) public int v;                                      | v is no array; drop @Length
            @Length(2) public final int[][] v = new int[2][2];            | use double, int, boolean
            static int v;                                                 | static field v could change
            static final int[] v = {1};                                   | static field v could change
            """)
    void shouldRefuseField(String field, String sentence) {
        assertThat(Compilation.of("""
                        package game.rules;
                        import dev.orrery.rules.*;
                        @Actor public final class Ship {
                            public boolean good;
                            %s
                        }
                        """.formatted(field)).errors())
                .anySatisfy(error -> assertThat(error).startsWith("5: ").contains(sentence));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            @Actor public class Ship {}                                   | not final; make it final
            @Actor public record Ship(int x) {}                           | no plain class; write a final class
            @Actor public enum Ship { A }                                 | no plain class; write a final class
            @Actor public final class Ship extends Thread {}              | extends java.lang.Thread; put the fields
            @Actor public final class Ship<T> {}                          | has type parameters
            @Actor public final class Ship { public Ship(int x) {} }      | no constructor without parameters; add one
            @Actor public final class Ship { private Ship() {} }          | no constructor without parameters; add one
            public class Ship { @Event static final class Hit {} }        | nested class Hit; move it
            @GameMap public class Ship {}                                 | not final; make it final
            @GameMap public final class Ship { int x; }                   | map field x is not final
            @GameMap public final class Ship { public Ship(int x) {} }    | no public constructor that takes Settings
            """)
    void shouldRefuseClass(String source, String sentence) {
        assertThat(Compilation.of("""
                        package game.rules;

                        import dev.orrery.rules.*;
                        %s
                        """.formatted(source)).errors())
                .anySatisfy(error -> assertThat(error).startsWith("4: ").contains(sentence));
    }
}
