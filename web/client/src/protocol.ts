/**
 * The words of the wire as plain clients speak it: JSON events over Socket.IO, one object each.
 * Whatever arrives passes {@link decodeMessage}; nothing behind it sees an unchecked shape.
 */
import {
  array,
  count,
  type Decoder,
  fail,
  isRecord,
  map,
  number,
  object,
  ok,
  optional,
  positive,
  type Result,
  string,
} from "./decode.ts";

/** Settings of an instance, controlled by the server and changeable live. */
export interface Settings {
  /** Length of a tick, milliseconds. */
  readonly tickRate: number;
  /** px per client frame at 60 frames a second. */
  readonly movementSpeed: number;
  /** Client frames at 60 a second between two sends of a client. */
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

export interface WorldMap {
  readonly width: number;
  readonly height: number;
  readonly rocks: readonly Rock[];
  readonly walls: readonly Wall[];
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
}

export interface Welcome {
  readonly type: "welcome";
  readonly player: string;
  readonly actor: number | null;
  readonly instance: string;
  readonly settings: Settings;
  readonly tick: number;
  readonly schema: { readonly kinds: readonly KindSchema[] };
  readonly map: WorldMap;
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
  readonly gone: readonly number[];
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

export type ServerMessage = Welcome | State | Update | Ack | SettingsChange | GameEvent;

/** What a player wants: a direction within the unit square (up is negative y) and a counter of boost presses, 0 to 255. */
export interface Input {
  readonly x: number;
  readonly y: number;
  readonly boost: number;
}

export interface InputMessage extends Input {
  readonly seq: number;
}

/** A seat, as `POST /api/v1/join` grants it. */
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

export const SERVER_EVENTS = ["welcome", "state", "update", "ack", "settings", "event"] as const;

const settings = object<Settings>({
  tickRate: positive,
  movementSpeed: number,
  broadcastFrames: positive,
  smoothing: number,
  maxPlayers: count,
  reconnectAttempts: count,
});

const schema = object<Welcome["schema"]>({
  kinds: array(
    object<KindSchema>({
      name: string,
      fields: array(
        object<FieldSchema>({
          name: string,
          type: string,
          min: optional(number, null),
          max: optional(number, null),
          quantum: optional(number, null),
        }),
      ),
    }),
  ),
});

const worldMap = object<WorldMap>({
  width: positive,
  height: positive,
  rocks: optional(array(object<Rock>({ x: number, y: number, radius: positive })), []),
  walls: optional(array(object<Wall>({ x: number, y: number, width: positive, height: positive })), []),
});

const fieldValue: Decoder<FieldValue> = (input) => {
  if (typeof input === "boolean" || typeof input === "string") return ok(input);
  return Array.isArray(input) ? array(flatValue)(input) : number(input);
};

/** Arrays of fields are flat; a nested one could be deep enough to exhaust the stack. */
const flatValue: Decoder<FieldValue> = (input) =>
  typeof input === "boolean" || typeof input === "string" ? ok(input) : number(input);

const actorChange: Decoder<ActorChange> = (input) => {
  if (!isRecord(input)) return fail("is not an object");
  const { id, kind, ...rest } = input;
  const head = object<{ id: number; kind: string | null }>({ id: count, kind: optional(string, null) })({
    id,
    kind,
  });
  if (!head.ok) return head;
  for (const [name, value] of Object.entries(rest)) {
    const read = fieldValue(value);
    if (!read.ok) return fail(`${name} ${read.reason}`);
  }
  return ok({ ...head.value, fields: rest as Fields });
};

const player = object<Player>({ player: string, name: string, actor: optional(count, null) });

const welcome = object<Omit<Welcome, "type">>({
  player: string,
  actor: optional(count, null),
  instance: string,
  settings,
  tick: count,
  schema,
  map: worldMap,
});

const state = object<Omit<State, "type">>({
  tick: count,
  actors: array(actorChange),
  players: optional(array(player), []),
});

const update = object<Omit<Update, "type">>({
  tick: count,
  set: optional(array(actorChange), []),
  gone: optional(array(count), []),
  players: optional(array(player), []),
  left: optional(array(string), []),
});

const ack = object<Omit<Ack, "type">>({ tick: count, seq: count, late: optional(number, 0) });

const settingsChange = object<Omit<SettingsChange, "type">>({ settings, atTick: count });

const gameEvent: Decoder<Omit<GameEvent, "type">> = (input) => {
  const head = object<{ tick: number; name: string }>({ tick: count, name: string })(input);
  if (!head.ok) return head;
  const { tick: _tick, name: _name, ...body } = input as Record<string, unknown>;
  return ok({ ...head.value, body });
};

/** Reads one event of the server; an unknown event is refused, so that it is counted and not guessed at. */
export function decodeMessage(event: string, body: unknown): Result<ServerMessage> {
  switch (event) {
    case "welcome":
      return map(welcome(body), (value) => ({ type: "welcome", ...value }));
    case "state":
      return map(state(body), (value) => ({ type: "state", ...value }));
    case "update":
      return map(update(body), (value) => ({ type: "update", ...value }));
    case "ack":
      return map(ack(body), (value) => ({ type: "ack", ...value }));
    case "settings":
      return map(settingsChange(body), (value) => ({ type: "settings", ...value }));
    case "event":
      return map(gameEvent(body), (value) => ({ type: "event", ...value }));
    default:
      return fail("is no event of this protocol");
  }
}

export const decodeSeat: Decoder<Seat> = object<Seat>({
  instance: string,
  namespace: string,
  url: string,
  ticket: string,
  expiresAt: number,
});

export const decodeRefusal: Decoder<Refusal> = object<Refusal>({ code: string, message: string });

export const decodeClock: Decoder<ClockAnswer> = object<ClockAnswer>({ tick: count, elapsedMillis: number });
