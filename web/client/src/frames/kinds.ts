/** The kinds of actors of a game, as frames tell of them: their tables and their own steps, out of the game's rules. */
import { fail, ok, type Result } from "../decode.ts";
import type { RulesModule } from "../library.ts";
import type { Settings } from "../protocol.ts";
import type { Field, Table } from "../rows.ts";
import { configurator, describe } from "../rules.ts";
import { cellOf, type Grid, globalCell } from "./cells.ts";
import { RowCodec } from "./codec.ts";

export interface Kind {
  /** Its place among the game's kinds. */
  readonly index: number;
  readonly table: Table;
  readonly codec: RowCodec;
  /** What only the player of an actor is told of it. */
  readonly own: RowCodec;
  /** Of what steers it; null for a kind that takes no input. */
  readonly input: Steering | null;
  newRow(): Int32Array;
  /** Takes a row through its own step of one tick; nothing for a kind without one. */
  step(row: Int32Array, input: Int32Array): void;
  /**
   * Takes those of one cell through a tick, with their contacts; null for a kind whose actors do not touch each other. Rows and inputs
   * stand one behind the other; `met` tells who has touched another.
   */
  readonly tick: ((rows: Int32Array, inputs: Int32Array, count: number, met: Int32Array) => void) | null;
  /** In which cell an actor with this row is. */
  cellOf(row: Int32Array, grid: Grid): number;
}

export interface Steering {
  readonly table: Table;
  /** What everyone is told of it. */
  readonly codec: RowCodec;
  newRow(): Int32Array;
}

export interface Kinds {
  readonly list: readonly Kind[];
  /** Sets what all further steps use: whoever steps, configures first. */
  configure(settings: Settings): void;
}

const NOTHING = new Int32Array(0);

/** @param names in the order in which the server numbers them */
export function bindKinds(module: RulesModule, names: readonly string[]): Result<Kinds> {
  const described = describe(module);
  if (!described.ok) return described;
  const { actors, inputs } = described.value;
  const configure = configurator(module);
  const list: Kind[] = [];
  for (const [index, name] of names.entries()) {
    const table = actors.find((each) => each.name === name);
    const create = functionOf(module, "create", name);
    if (table === undefined || create === null) return fail(`does not describe ${name}`);
    const input = inputs.find((each) => each.name === table.input);
    const steering = input === undefined ? null : steeringBy(module, input);
    const step = functionOf(module, "step", name);
    if ((table.input !== undefined && steering === null) || (table.steps === true && step === null)) {
      return fail(`cannot step ${name}`);
    }
    list.push({
      index,
      table,
      input: steering,
      ...rowsOf(table, create),
      step: table.steps === true && step !== null ? (row, held) => step(row, held, 1, NOTHING) : () => {},
      tick: functionOf(module, "tick", name),
      cellOf: placing(table),
    });
  }
  return ok({ list, configure });
}

type Export = (...values: readonly unknown[]) => void;

function functionOf(module: RulesModule, verb: string, name: string): Export | null {
  const found = module[`${verb}${name.charAt(0).toUpperCase()}${name.slice(1)}`];
  return typeof found === "function" ? (found as Export) : null;
}

function steeringBy(module: RulesModule, table: Table): Steering | null {
  const create = functionOf(module, "create", table.name);
  if (create === null) return null;
  const { codec, newRow } = rowsOf(table, create);
  return { table, codec, newRow };
}

function rowsOf(table: Table, create: Export) {
  const created = new Int32Array(table.rowLength);
  create(created);
  const ranges = table.fields.flatMap((field) =>
    Array.from({ length: field.length }, () => ({
      min: field.min,
      max: field.max,
      isFine: field.type === "num",
    })),
  );
  return {
    codec: new RowCodec(placesOf(table, "everyone"), created, ranges),
    own: new RowCodec(placesOf(table, "owner"), created, ranges),
    newRow: () => created.slice(),
  };
}

function placesOf(table: Table, audience: Field["audience"]): number[] {
  return table.fields
    .filter((field) => field.audience === audience)
    .flatMap(({ offset, length }) => Array.from({ length }, (_, i) => offset + i));
}

function placing(table: Table): Kind["cellOf"] {
  const axis = (name: string): Field | undefined =>
    table.fields.find((field) => field.name === name && field.type === "num" && field.length === 1);
  const x = axis("x");
  const y = axis("y");
  if (x === undefined || y === undefined) return (_, grid) => globalCell(grid);
  return (row, grid) => cellOf(grid, (row[x.offset] ?? 0) * x.quantum, (row[y.offset] ?? 0) * y.quantum);
}
