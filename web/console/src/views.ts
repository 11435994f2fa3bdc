/** What the management API shows, and how it is read: a shape that is not as it should be is null, never half of it. */
import { SETTING_NAMES, type Settings } from "./settings.ts";

export interface Metrics {
  readonly connections: number;
  /** Messages from clients a second. */
  readonly messageRate: number;
  /** Bytes. */
  readonly stateSize: number;
  /** Share of a core, or of all cores for a node. */
  readonly cpu: number;
  /** Bytes. */
  readonly memory: number;
  /** Milliseconds; null if it is not known. */
  readonly networkLatency: number | null;
}

export interface NodeView {
  readonly version: string;
  readonly region: string;
  readonly game: string;
  readonly phase: string;
  /** Threads lost to ticks that hung: if there are any, the node should be restarted. */
  readonly hung: number;
  readonly uptimeMillis: number;
  readonly metrics: Metrics;
  readonly currentLoad: number;
  readonly instances: number;
  readonly players: number;
  readonly capacity: number;
  readonly maxInstances: number;
  readonly drainMillis: number;
}

export interface InstanceView {
  readonly id: string;
  readonly phase: string;
  readonly hibernating: boolean;
  readonly capacity: number;
  readonly currentLoad: number;
  readonly metrics: Metrics;
  readonly settings: Settings;
  /** Settings that will hold from later ticks on, in their order. */
  readonly announced: readonly { readonly atTick: number; readonly settings: Settings }[];
  readonly tick: number;
  readonly players: number;
  readonly away: number;
  readonly actors: number;
}

export interface PlayerView {
  readonly player: string;
  readonly name: string;
  readonly connected: boolean;
  readonly roundTripMillis: number | null;
}

/** The settings that will hold when everything announced has come about. */
export function newestSettings(instance: InstanceView): Settings {
  return instance.announced.at(-1)?.settings ?? instance.settings;
}

type Members = Readonly<Record<string, unknown>>;

/** Thrown and caught in this file only. */
class Misshapen extends Error {}

function members(value: unknown): Members {
  if (typeof value !== "object" || value === null) throw new Misshapen();
  return value as Members;
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Misshapen();
  return value;
}

function number(from: Members, name: string): number {
  const value = from[name];
  if (typeof value !== "number") throw new Misshapen();
  return value;
}

function text(from: Members, name: string): string {
  const value = from[name];
  if (typeof value !== "string") throw new Misshapen();
  return value;
}

function flag(from: Members, name: string): boolean {
  const value = from[name];
  if (typeof value !== "boolean") throw new Misshapen();
  return value;
}

function numberOrNull(from: Members, name: string): number | null {
  return from[name] === null ? null : number(from, name);
}

function attempt<View>(read: () => View): View | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof Misshapen) return null;
    throw error;
  }
}

function metrics(value: unknown): Metrics {
  const from = members(value);
  return {
    connections: number(from, "connections"),
    messageRate: number(from, "messageRate"),
    stateSize: number(from, "stateSize"),
    cpu: number(from, "cpu"),
    memory: number(from, "memory"),
    networkLatency: numberOrNull(from, "networkLatency"),
  };
}

function settings(value: unknown): Settings {
  const from = members(value);
  return Object.fromEntries(SETTING_NAMES.map((name) => [name, number(from, name)])) as Settings;
}

function instance(value: unknown): InstanceView {
  const from = members(value);
  const state = members(from["state"]);
  return {
    id: text(from, "id"),
    phase: text(from, "phase"),
    hibernating: flag(from, "hibernating"),
    capacity: number(from, "capacity"),
    currentLoad: number(from, "currentLoad"),
    metrics: metrics(from["metrics"]),
    settings: settings(from["settings"]),
    announced: list(from["announced"]).map((one) => ({
      atTick: number(members(one), "atTick"),
      settings: settings(members(one)["settings"]),
    })),
    tick: number(state, "tick"),
    players: number(state, "players"),
    away: number(state, "away"),
    actors: number(state, "actors"),
  };
}

export function readNode(value: unknown): NodeView | null {
  return attempt(() => {
    const from = members(value);
    const limits = members(from["limits"]);
    return {
      version: text(from, "version"),
      region: text(from, "region"),
      game: text(from, "game"),
      phase: text(from, "phase"),
      hung: number(from, "hung"),
      uptimeMillis: number(from, "uptimeMillis"),
      metrics: metrics(from["metrics"]),
      currentLoad: number(from, "currentLoad"),
      instances: number(from, "instances"),
      players: number(from, "players"),
      capacity: number(from, "capacity"),
      maxInstances: number(limits, "instances"),
      drainMillis: number(limits, "drainMillis"),
    };
  });
}

export function readInstances(value: unknown): readonly InstanceView[] | null {
  return attempt(() => list(value).map(instance));
}

export function readSettings(value: unknown): Settings | null {
  return attempt(() => settings(value));
}

export function readPlayers(value: unknown): readonly PlayerView[] | null {
  return attempt(() =>
    list(value).map((one) => {
      const from = members(one);
      return {
        player: text(from, "player"),
        name: text(from, "name"),
        connected: flag(from, "connected"),
        roundTripMillis: numberOrNull(from, "roundTripMillis"),
      };
    }),
  );
}

/** From which tick on each instance has the change: of one instance `{atTick}`, of all `{instances: [{id, atTick}]}`. */
export function readAnnounced(value: unknown, scope: string): ReadonlyMap<string, number> | null {
  return attempt(() => {
    const from = members(value);
    if (scope !== "") return new Map([[scope, number(from, "atTick")]]);
    return new Map(
      list(from["instances"]).map((one) => [text(members(one), "id"), number(members(one), "atTick")]),
    );
  });
}
