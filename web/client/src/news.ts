import type { Ending } from "./ending.ts";
import type { Confirmation } from "./prediction.ts";
import type { GameEvent, Seat, Settings, Welcome } from "./protocol.ts";

/** What a connection tells its room. */
export type News =
  | { readonly type: "welcomed"; readonly welcome: Welcome }
  /** The first state is here: it can be played. */
  | { readonly type: "entered" }
  /** The view is another one. */
  | { readonly type: "framed" }
  | { readonly type: "confirmed"; readonly confirmation: Confirmation }
  /** Others are in force. */
  | { readonly type: "settings"; readonly settings: Settings }
  | { readonly type: "happened"; readonly event: GameEvent }
  | { readonly type: "draining"; readonly inMillis: number }
  | { readonly type: "moved"; readonly seat: Seat }
  | { readonly type: "unreadable" }
  /** Nothing is told after it. */
  | { readonly type: "ended"; readonly ending: Ending };
