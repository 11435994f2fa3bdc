import type { Glimpse } from "./pilot.ts";
import type { Confirmation } from "./prediction.ts";
import type { Ack, Button, GameEvent, Player, Settings, Welcome, WorldMap } from "./protocol.ts";
import type { Status } from "./status.ts";
import type { Unsubscribe } from "./topic.ts";
import type { Actor } from "./view.ts";
import type { Watch } from "./watch.ts";

/** An instance that closes. The room moves on by itself before it does. */
export interface DrainingNotice {
  /** When it closes at the latest, in the client's monotonic time. */
  readonly deadlineMillis: number;
  readonly message: string;
}

/** A seat in an instance: what is known of its world, and the way to act in it. Survives reconnects and moves. */
export interface Room {
  readonly status: Status;
  /** The instance played in; another one takes its place when the player moves or the server restarts. */
  readonly instance: string;
  /** Own player id. */
  readonly player: string;
  /** Those in force. */
  readonly settings: Settings;
  /** Null unless this instance closes soon. */
  readonly draining: DrainingNotice | null;
  readonly schema: Welcome["schema"];
  readonly map: WorldMap;
  /** Tick of the newest word of the server. */
  readonly tick: number;
  readonly actors: ReadonlyMap<number, Actor>;
  readonly players: ReadonlyMap<string, Player>;
  /** Own actor; undefined while there is none. */
  readonly me: Actor | undefined;
  /** Newest answer of the server to own inputs. */
  readonly ack: Ack | null;
  /** Median round trip of the last questions; null before the first answer. */
  readonly pingMillis: number | null;
  /** How much longer than the shortest a long round trip takes. */
  readonly jitterMillis: number;
  /** Messages that could not be read; anything but 0 is a fault of client or server. */
  readonly unreadable: number;
  /** The server's tick with fraction at `nowMillis`; null before it is known. */
  serverTick(nowMillis: number): number | null;
  /** How well the prediction of the own actor does; null while nothing is predicted. */
  readonly prediction: Watch | null;
  /** Where the own actor will be when the tick in progress ends; null while nothing is predicted. Cheap: once a frame. */
  glimpse(nowMillis: number): Glimpse | null;
  /** The direction wanted from now on, each part in [-1, 1]; up is negative y. */
  steer(x: number, y: number): void;
  /** One press of a button. */
  press(button: Button): void;
  onStatus(listener: (status: Status) => void): Unsubscribe;
  /** Called after each change of what is known of the world. */
  onFrame(listener: () => void): Unsubscribe;
  /** Called whenever the server's word on a predicted tick has come. */
  onConfirmation(listener: (confirmation: Confirmation) => void): Unsubscribe;
  /** Called when other settings are in force. */
  onSettings(listener: (settings: Settings) => void): Unsubscribe;
  /** What happens in the game, and announcements to all who play in the instance (`announcement`, with a `text`). */
  onEvent(listener: (event: GameEvent) => void): Unsubscribe;
  /** Gives the seat back. */
  leave(): void;
}

/** A room as its driver sees it. */
export interface DrivenRoom extends Room {
  /**
   * Sends what is due and dials when it is time to; to be called when woken, and again before the milliseconds it
   * returns are over.
   */
  advance(nowMillis: number): number;
}
