package dev.orrery.processor;

import java.util.ArrayList;
import java.util.List;

/** Writes the TypeScript declarations of a browser module: its functions, and the objects behind its rows. */
final class PageDeclarations {
    private final Page page;

    PageDeclarations(Page page) {
        this.page = page;
    }

    String text() {
        List<Shape> shapes = new ArrayList<>(page.inputs());
        page.actors().forEach(part -> shapes.add(part.actor()));
        StringBuilder text = new StringBuilder(new DeclarationWriter(page.type().packageName(), shapes).text());
        text.append("""

                /** Builds settings and map that all further steps use; throws if a setting is out of its bounds. */
                export function configure(tickRate: number, movementSpeed: number, broadcastFrames: number, smoothing: number, maxPlayers: number, reconnectAttempts: number): void;

                /** The field tables as JSON; see `Tables`. */
                export function tables(): string;

                export interface Field {
                  readonly name: string;
                  readonly type: "num" | "int" | "bool" | "enum" | "ref";
                  /** Where its ints begin in a row, and how many they are. */
                  readonly offset: number;
                  readonly length: number;
                  /** Bounds of each int, in quanta. */
                  readonly min: number;
                  readonly max: number;
                  readonly quantum: number;
                  readonly constants: readonly string[];
                  readonly audience: "everyone" | "owner" | "hidden";
                }

                export interface Table {
                  readonly name: string;
                  /** Of an actor: the name of the input that steers it, if one does. */
                  readonly input?: string;
                  /** Of an actor: whether it takes a step of its own. */
                  readonly steps?: boolean;
                  readonly rowLength: number;
                  readonly fields: readonly Field[];
                }

                export interface Tables {
                  readonly actors: readonly Table[];
                  readonly inputs: readonly Table[];
                }
                """);
        for (Page.Chart chart : page.charts()) {
            text.append("\n/** `%s` of the map, flat: %s of each. */\nexport function %s(): Float64Array;\n"
                    .formatted(chart.field(), String.join(", ", chart.components()), chart.field()));
        }
        for (Page.Part part : page.actors()) {
            String name = part.actor().type().simpleName();
            text.append(create(part.actor()));
            if (part.steps()) {
                text.append("""

                        /**
                         * Steps `row` (%d ints, in and out) through `ticks` ticks. %s
                         * `history` receives the row after each, or is empty. Throws if a field becomes NaN.
                         */
                        export function step%s(row: Int32Array, inputs: Int32Array, ticks: number, history: Int32Array): void;
                        """.formatted(part.actor().rowLength(), inputs(part), name));
            }
            if (part.meets()) {
                text.append("""

                        /**
                         * Takes `count` of one cell, in the order of their slots, through a tick: their own steps, and then their contacts. Rows and
                         * inputs stand one behind the other; `met` tells who has touched another.
                         */
                        export function tick%s(rows: Int32Array, inputs: Int32Array, count: number, met: Int32Array): void;
                        """.formatted(name));
            }
            text.append("""

                    /** Adds the digest of a row to two lanes; `kind` is the number of its kind in the game's plan. */
                    export function digest%s(id: number, kind: number, row: Int32Array, lanes: Int32Array): void;
                    """.formatted(name));
        }
        page.inputs().forEach(input -> text.append(create(input)));
        return text.toString();
    }

    private static String create(Shape shape) {
        return """

                /** Writes the row of a new one (%d ints). */
                export function create%s(row: Int32Array): void;
                """.formatted(shape.rowLength(), shape.type().simpleName());
    }

    private static String inputs(Page.Part part) {
        return part.input()
                .map(input -> "`inputs` holds one row of %d ints per tick;".formatted(input.rowLength()))
                .orElse("Nothing steers it, and `inputs` is empty;");
    }
}
