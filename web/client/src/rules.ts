/** The game's shared rules, compiled for the browser from the server's own bytecode. */
import {
  array,
  boolean,
  count,
  type Decoder,
  fail,
  number,
  object,
  ok,
  optional,
  type Result,
  string,
} from "./decode.ts";
import type { RulesModule } from "./library.ts";
import type { Settings } from "./protocol.ts";
import type { Field, Table } from "./rows.ts";

/** The rules of one kind of actor. */
export interface Rules {
  readonly actor: Table;
  readonly input: Table;
  /** Sets what all further steps use, of all who step with the same module: whoever steps, configures first. */
  configure(settings: Settings): void;
  /**
   * Steps {@link row} (in and out) through {@link ticks} ticks. {@link inputs} holds one row a tick, {@link history}
   * receives the row after each, or is empty.
   */
  step(row: Int32Array, inputs: Int32Array, ticks: number, history: Int32Array): void;
}

const FIELD_TYPES = ["num", "int", "bool", "enum", "ref"] as const;
const fieldType: Decoder<Field["type"]> = (input) => {
  const type = FIELD_TYPES.find((name) => name === input);
  return type === undefined ? fail("is no type of field") : ok(type);
};
const AUDIENCES = ["everyone", "owner", "hidden"] as const;
const audience: Decoder<Field["audience"]> = (input) => {
  const found = AUDIENCES.find((name) => name === input);
  return found === undefined ? fail("is no audience") : ok(found);
};
const table = object<Table>({
  name: string,
  input: optional(string, undefined),
  steps: optional(boolean, undefined),
  rowLength: count,
  fields: array(
    object<Field>({
      name: string,
      type: fieldType,
      offset: count,
      length: count,
      min: number,
      max: number,
      quantum: number,
      constants: array(string),
      audience,
    }),
  ),
});
const tables = object<{ actors: readonly Table[]; inputs: readonly Table[] }>({
  actors: array(table),
  inputs: array(table),
});

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

/** The tables of a module that the game's build has made. */
export function describe(
  module: RulesModule,
): Result<{ readonly actors: readonly Table[]; readonly inputs: readonly Table[] }> {
  const { configure, tables: describe } = module;
  if (typeof configure !== "function" || typeof describe !== "function") return fail("is no module of rules");
  return tables(parsed(String(describe())));
}

/** What each module was configured with last. A module's settings are its own, and to build a map from them takes time. */
const configured = new WeakMap<object, Settings>();

/** Sets what all further steps of a module use. */
export function configurator({ configure }: RulesModule): (settings: Settings) => void {
  if (typeof configure !== "function") return () => {};
  return (settings) => {
    if (configured.get(configure) === settings) return;
    configure(
      settings.tickRate,
      settings.movementSpeed,
      settings.broadcastFrames,
      settings.smoothing,
      settings.maxPlayers,
      settings.reconnectAttempts,
    );
    configured.set(configure, settings);
  };
}

/**
 * The rules of {@link kind} within a module that the game's build has made: it exports `configure`, `tables` and a
 * `step…` for each kind that takes a step.
 */
export function bindRules(module: RulesModule, kind: string): Result<Rules> {
  const step = module[`step${kind.charAt(0).toUpperCase()}${kind.slice(1)}`];
  if (typeof step !== "function") return fail(`has no rules for ${kind}`);
  const described = describe(module);
  if (!described.ok) return described;
  const actor = described.value.actors.find(({ name }) => name === kind);
  const input = described.value.inputs.find(({ name }) => name === actor?.input);
  if (actor === undefined || input === undefined) return fail(`does not describe ${kind}`);
  return ok({
    actor,
    input,
    configure: configurator(module),
    step: (row, inputs, ticks, history) => step(row, inputs, ticks, history),
  });
}
