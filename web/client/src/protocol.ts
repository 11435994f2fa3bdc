/**
 * The words of the wire as plain clients speak it: JSON events over Socket.IO, one object each. What arrives becomes one
 * of these only through `messages.ts`; nothing behind that sees an unchecked shape.
 */

import type { Grid } from "./frames/cells.ts";

/** Settings of an instance, controlled by the server and changeable live. */
export interface Settings {
  /** Length of a tick, milliseconds. */
  readonly tickRate: number;
  /** px per client frame at 60 frames a second. */
  readonly movementSpeed: number;
  /** Client frames at 60 a second between two sends of a client; see `bundle.ts`. */
  readonly broadcastFrames: number;
  /** Time in which a client glides to a new position, seconds. */
  readonly smoothing: number;
  readonly maxPlayers: number;
  /** How often a client tries again before it gives up. */
  readonly reconnectAttempts: number;
}

export interface FieldSchema {
  readonly name: string;
  readonly type: string;
  readonly min: number | null;
  readonly max: number | null;
  readonly quantum: number | null;
}

export interface KindSchema {
  readonly name: string;
  readonly fields: readonly FieldSchema[];
}

export interface Rock {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** A wall; x and y are its upper left corner. */
export interface Wall {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A way out, into another instance. */
export interface Gate {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

export interface WorldMap {
  readonly width: number;
  readonly height: number;
  readonly rocks: readonly Rock[];
  readonly walls: readonly Wall[];
  readonly gates: readonly Gate[];
}

export type FieldValue = number | boolean | string | readonly FieldValue[];
export type Fields = Readonly<Record<string, FieldValue>>;

/** One entry of `state` or `set`: an actor's id and the fields that are told; `kind` only where the actor is new. */
export interface ActorChange {
  readonly id: number;
  readonly kind: string | null;
  readonly fields: Fields;
}

/** A line of the directory: who plays, and which actor is theirs (none between two lives). */
export interface Player {
  readonly player: string;
  readonly name: string;
  readonly actor: number | null;
  /** The connection is lost, and the player may still come back. */
  readonly away: boolean;
}

export interface Welcome {
  readonly type: "welcome";
  readonly player: string;
  readonly actor: number | null;
  readonly instance: string;
  readonly settings: Settings;
  readonly tick: number;
  readonly schema: { readonly kinds: readonly KindSchema[] };
  /** Path of the game's rules as an ES module; null if the game has none for browsers. */
  readonly rules: string | null;
  readonly map: WorldMap;
  /** The cells in which frames tell of the world; null if the server sends none. */
  readonly grid: Grid | null;
  /** Secret to be shown with the next CONNECT, once; null if the server lets nobody resume. */
  readonly session: string | null;
  /** How long the actor waits for a connection that was lost. */
  readonly graceMillis: number;
  /** Of rules and schema: the server refuses a client that knows others. */
  readonly hash: string | null;
}

/** Everything; replaces what was known. */
export interface State {
  readonly type: "state";
  readonly tick: number;
  readonly actors: readonly ActorChange[];
  readonly players: readonly Player[];
}

/** What changed since the last `state` or `update`. */
export interface Update {
  readonly type: "update";
  readonly tick: number;
  readonly set: readonly ActorChange[];
  /** Players' actors that something beside their own step has changed. */
  readonly touched: readonly number[];
  readonly gone: readonly number[];
  readonly players: readonly Player[];
  readonly left: readonly string[];
}

/** Who plays, for who is told of the world in frames: all at first, then what changes. */
export interface Directory {
  readonly type: "directory";
  readonly tick: number;
  readonly players: readonly Player[];
  readonly left: readonly string[];
}

/** At `tick` the newest input applied was `seq`; it came `late` ticks too late. */
export interface Ack {
  readonly type: "ack";
  readonly tick: number;
  readonly seq: number;
  readonly late: number;
}

/** Settings that hold from `atTick` on. */
export interface SettingsChange {
  readonly type: "settings";
  readonly settings: Settings;
  readonly atTick: number;
}

/** Something that happened in the game; `body` holds whatever else the game said about it. */
export interface GameEvent {
  readonly type: "event";
  readonly tick: number;
  readonly name: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The instance closes when it is empty, or after this time. */
export interface Draining {
  readonly type: "draining";
  readonly inMillis: number;
  readonly message: string;
}

/** The player lives in another instance from now on; the seat there is theirs. */
export interface Moved extends Seat {
  readonly type: "moved";
}

/** The last word of a connection that the server ends. */
export interface Closed {
  readonly type: "closed";
  readonly code: string;
  readonly message: string;
}

export type ServerMessage =
  | Welcome
  | State
  | Update
  | Directory
  | Ack
  | SettingsChange
  | GameEvent
  | Draining
  | Moved
  | Closed;

/** Buttons whose presses are counted, 1 to 255 and round; 0, or nothing, before the first. */
export type Button = "boost" | "fire" | "lance";

/** What a player wants: a direction within the unit square (up is negative y), and how often each button was pressed. */
export interface Input {
  readonly x: number;
  readonly y: number;
  readonly boost: number;
  readonly fire?: number;
  readonly lance?: number;
}

export interface InputMessage extends Input {
  readonly seq: number;
  /** The tick it is meant for; without it, the server's next. */
  readonly tick?: number;
  /** The tick at whose end the others were as they are shown: by it shots are judged. Without it, the newest. */
  readonly view?: number;
}

/** A seat, as `POST /api/v1/join` or `moved` grants it. */
export interface Seat {
  readonly instance: string;
  readonly namespace: string;
  readonly url: string;
  readonly ticket: string;
  readonly expiresAt: number;
}

/** Why a seat was refused, in the server's words. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** Answer to `clock`: the newest tick the server ran and the milliseconds since. */
export interface ClockAnswer {
  readonly tick: number;
  readonly elapsedMillis: number;
}

export const SERVER_EVENTS = [
  "welcome",
  "state",
  "update",
  "directory",
  "ack",
  "settings",
  "event",
  "draining",
  "moved",
  "closed",
] as const;
