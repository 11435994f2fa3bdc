/** A small world in the words of the wire. */

export const SETTINGS = {
  tickRate: 100,
  movementSpeed: 3.75,
  broadcastFrames: 5,
  smoothing: 0.1,
  maxPlayers: 100,
  reconnectAttempts: 2,
};

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
};

export const STATE = {
  tick: 41,
  actors: [
    { id: 7, kind: "ship", x: 1, y: 2 },
    { id: 8, kind: "ship", x: 3, y: 4 },
  ],
  players: [{ player: "p1", name: "Ada", actor: 7 }],
};
