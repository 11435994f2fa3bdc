/** The client of Orrery. Start at {@link join}. */
export { JoinError, type JoinOptions, join } from "./join.ts";
export type { Glimpse } from "./pilot.ts";
export type { Confirmation } from "./prediction.ts";
export type {
  Ack,
  FieldSchema,
  Fields,
  FieldValue,
  GameEvent,
  KindSchema,
  Player,
  Rock,
  Settings,
  Wall,
  WorldMap,
} from "./protocol.ts";
export type { Room } from "./room.ts";
export type { Status } from "./status.ts";
export type { Unsubscribe } from "./topic.ts";
export type { Actor } from "./view.ts";
export type { Divergence, Watch } from "./watch.ts";
