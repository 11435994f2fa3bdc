/** The client of Orrery. Start at {@link join}. */
export { JoinError, type JoinOptions, join } from "./join.ts";
export type { Glimpse } from "./pilot.ts";
export type { Confirmation } from "./prediction.ts";
export type {
  Ack,
  Button,
  FieldSchema,
  Fields,
  FieldValue,
  GameEvent,
  Gate,
  KindSchema,
  Player,
  Rock,
  Settings,
  Wall,
  WorldMap,
} from "./protocol.ts";
export type { DrainingNotice, Room } from "./room.ts";
export type { ClosedCode, Status } from "./status.ts";
export type { Unsubscribe } from "./topic.ts";
export type { Actor } from "./view.ts";
export type { Divergence, Watch } from "./watch.ts";
