/** A small world in the words of the wire. */
import type { Settings } from "../src/protocol.ts";
import { newTimeline, type Timeline } from "../src/timeline.ts";

export const SETTINGS: Settings = {
  tickRate: 100,
  movementSpeed: 3.75,
  broadcastFrames: 5,
  smoothing: 0.1,
  maxPlayers: 100,
  reconnectAttempts: 2,
};

/** Settings with ticks of this length, and whatever else is to be otherwise. */
export function settings(tickRate: number, others: Partial<Settings> = {}): Settings {
  return { ...SETTINGS, tickRate, ...others };
}

/** A timeline without changes. */
export function steady(tickRate: number): Timeline {
  return newTimeline(settings(tickRate));
}

export const WELCOME = {
  player: "p1",
  actor: 7,
  instance: "i1",
  settings: SETTINGS,
  tick: 40,
  schema: {
    kinds: [{ name: "ship", fields: [{ name: "x", type: "double", min: 0, max: 2000, quantum: 0.5 }] }],
  },
  map: { width: 2000, height: 2000, rocks: [{ x: 10, y: 20, radius: 5 }], walls: [] },
  session: "s1",
  graceMillis: 30_000,
  hash: "0123456789abcdef",
};

export const STATE = {
  tick: 41,
  actors: [
    { id: 7, kind: "ship", x: 1, y: 2 },
    { id: 8, kind: "ship", x: 3, y: 4 },
  ],
  players: [{ player: "p1", name: "Ada", actor: 7 }],
};
