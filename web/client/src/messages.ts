/** Decoders of everything that a server says. */
import {
  array,
  boolean,
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
import type { Grid } from "./frames/cells.ts";
import type {
  Ack,
  ActorChange,
  ClockAnswer,
  Closed,
  Directory,
  Draining,
  FieldSchema,
  Fields,
  FieldValue,
  GameEvent,
  Gate,
  KindSchema,
  Player,
  Refusal,
  Rock,
  Seat,
  ServerMessage,
  Settings,
  SettingsChange,
  State,
  Update,
  Wall,
  Welcome,
  WorldMap,
} from "./protocol.ts";

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
  gates: optional(array(object<Gate>({ x: number, y: number, radius: positive })), []),
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

const player = object<Player>({
  player: string,
  name: string,
  actor: optional(count, null),
  away: optional(boolean, false),
});

const welcome = object<Omit<Welcome, "type">>({
  player: string,
  actor: optional(count, null),
  instance: string,
  settings,
  tick: count,
  schema,
  rules: optional(string, null),
  map: worldMap,
  grid: optional(object<Grid>({ columns: positive, rows: positive, size: positive }), null),
  session: optional(string, null),
  graceMillis: optional(number, 0),
  hash: optional(string, null),
});

const state = object<Omit<State, "type">>({
  tick: count,
  actors: array(actorChange),
  players: optional(array(player), []),
});

const update = object<Omit<Update, "type">>({
  tick: count,
  set: optional(array(actorChange), []),
  touched: optional(array(count), []),
  gone: optional(array(count), []),
  players: optional(array(player), []),
  left: optional(array(string), []),
});

const directory = object<Omit<Directory, "type">>({
  tick: count,
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

const draining = object<Omit<Draining, "type">>({ inMillis: number, message: optional(string, "") });

const closed = object<Omit<Closed, "type">>({ code: string, message: optional(string, "") });

/** Reads one event of the server; an unknown event is refused, so that it is counted and not guessed at. */
export function decodeMessage(event: string, body: unknown): Result<ServerMessage> {
  switch (event) {
    case "welcome":
      return map(welcome(body), (value) => ({ type: "welcome", ...value }));
    case "state":
      return map(state(body), (value) => ({ type: "state", ...value }));
    case "update":
      return map(update(body), (value) => ({ type: "update", ...value }));
    case "directory":
      return map(directory(body), (value) => ({ type: "directory", ...value }));
    case "ack":
      return map(ack(body), (value) => ({ type: "ack", ...value }));
    case "settings":
      return map(settingsChange(body), (value) => ({ type: "settings", ...value }));
    case "event":
      return map(gameEvent(body), (value) => ({ type: "event", ...value }));
    case "draining":
      return map(draining(body), (value) => ({ type: "draining", ...value }));
    case "moved":
      return map(decodeSeat(body), (value) => ({ type: "moved", ...value }));
    case "closed":
      return map(closed(body), (value) => ({ type: "closed", ...value }));
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
