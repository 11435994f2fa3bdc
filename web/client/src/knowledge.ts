import type { Clock } from "./clock.ts";
import type { Ack, Settings, Welcome } from "./protocol.ts";
import type { DrainingNotice } from "./room.ts";
import type { Actor, View } from "./view.ts";

/** What one connection knows of its instance, from the welcome on. */
export interface Knowledge {
  readonly welcome: Welcome;
  readonly view: View;
  readonly clock: Clock;
  /** In force at the newest tick that the server is known to have run. */
  readonly settings: Settings;
  readonly ack: Ack | null;
  readonly draining: DrainingNotice | null;
}

/** The own actor; undefined while there is none. */
export function me({ welcome, view }: Knowledge): Actor | undefined {
  const id = view.players.get(welcome.player)?.actor ?? welcome.actor;
  return id === null ? undefined : view.actors.get(id);
}

/** Whether the second is the same seat as the first, come back by another connection. */
export function isSameSeat(a: Knowledge, b: Knowledge): boolean {
  const [from, to] = [a.welcome, b.welcome];
  return from.instance === to.instance && from.player === to.player && me(a)?.id === me(b)?.id;
}
