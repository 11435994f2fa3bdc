package dev.orrery.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.rules.Field;
import dev.orrery.rules.Kind;
import java.lang.reflect.Array;
import org.junit.jupiter.api.Test;

class GeneratedKindTest {
    private static final String ROLE = "package game.rules; public enum Role { HARE, HOUND }";
    private static final String SHIP = """
            package game.rules;

            import dev.orrery.rules.*;

            @Actor
            public final class Ship {
                @Num(max = 2000, quantum = 0x1p-8) public double x, y;
                @Int(min = -5, max = 5) public int lean;
                public int any;
                public boolean lit;
                public Role role = Role.HOUND;
                @Ref public int target;
                @Owner @Length(3) @Num(min = -1, max = 1, quantum = 0.25) public final double[] gauges = new double[3];
                @Hidden @Length(2) public final Role[] past = {Role.HARE, Role.HARE};
                static final double LIMIT = 3;
            }
            """;

    @Test
    void shouldMoveEveryTypeToARowAndBack() throws ReflectiveOperationException {
        ClassLoader loader = compiled().loader();
        Kind<Object> kind = kind(loader, "game.rules.ShipKind");
        Object ship = kind.create();
        set(ship, "x", 1.0 / 3);
        set(ship, "y", 1e9);
        set(ship, "lean", -77);
        set(ship, "any", Integer.MIN_VALUE);
        set(ship, "lit", true);
        set(ship, "target", 12);
        Array.setDouble(get(ship, "gauges"), 2, -0.5);

        int[] row = new int[1 + kind.table().rowLength()];
        kind.write(ship, row, 1);
        assertThat(row).containsExactly(0, 85, 512_000, -5, Integer.MIN_VALUE, 1, 1, 12, 0, 0, -2, 0, 0);

        Object copy = kind.create();
        kind.read(row, 1, copy);
        assertThat(get(copy, "x")).isEqualTo(85.0 / 256);
        assertThat(get(copy, "role").toString()).isEqualTo("HOUND");
        int[] again = new int[row.length];
        kind.write(copy, again, 1);
        assertThat(again).isEqualTo(row);
    }

    @Test
    void shouldDescribeTheFieldsInTheirOrder() throws ReflectiveOperationException {
        var table = kind(compiled().loader(), "game.rules.ShipKind").table();
        assertThat(table.name()).isEqualTo("ship");
        assertThat(table.fields())
                .extracting(Field::name)
                .containsExactly("x", "y", "lean", "any", "lit", "role", "target", "gauges", "past");
        assertThat(table.fields().get(0)).isEqualTo(Field.num("x", 0, 2000, 0x1p-8));
        assertThat(table.fields().get(7))
                .isEqualTo(Field.num("gauges", -1, 1, 0.25).times(3).visibleTo(Field.Audience.OWNER));
        assertThat(table.fields().get(8))
                .isEqualTo(Field.choice("past", "HARE", "HOUND").times(2).visibleTo(Field.Audience.HIDDEN));
    }

    @Test
    void shouldRefuseNaNByTheNameOfItsField() throws ReflectiveOperationException {
        Kind<Object> kind = kind(compiled().loader(), "game.rules.ShipKind");
        Object ship = kind.create();
        set(ship, "y", Double.NaN);
        assertThatThrownBy(() -> kind.write(ship, new int[12], 0))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("field y");
    }

    @Test
    void shouldTellTypeScriptWhatThereIs() {
        assertThat(compiled().text("META-INF/orrery/game.rules.d.ts"))
                .contains("export type Role = \"HARE\" | \"HOUND\";")
                .contains("export interface Ship {")
                .contains("  readonly x: number;")
                .contains("  readonly lit: boolean;")
                .contains("  readonly role: Role;")
                .contains("  readonly gauges?: readonly number[];")
                .doesNotContain("past")
                .contains("export interface Actors {\n  readonly ship: Ship;\n}")
                .contains("export interface Events {\n}");
    }

    @Test
    void shouldTakeAGivenName() throws ReflectiveOperationException {
        Compilation compilation = Compilation.of(
                "package game.rules; @dev.orrery.rules.Input(name = \"wish\") public final class Drive {}");
        assertThat(compilation.errors()).isEmpty();
        assertThat(kind(compilation.loader(), "game.rules.DriveKind").table().name())
                .isEqualTo("wish");
    }

    private static Compilation compiled() {
        Compilation compilation = Compilation.of(ROLE, SHIP);
        assertThat(compilation.errors()).isEmpty();
        return compilation;
    }

    @SuppressWarnings("unchecked")
    private static Kind<Object> kind(ClassLoader loader, String name) throws ReflectiveOperationException {
        return (Kind<Object>) loader.loadClass(name).getConstructor().newInstance();
    }

    private static void set(Object object, String field, Object value) throws ReflectiveOperationException {
        object.getClass().getField(field).set(object, value);
    }

    private static Object get(Object object, String field) throws ReflectiveOperationException {
        return object.getClass().getField(field).get(object);
    }
}
