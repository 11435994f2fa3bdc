import { expect, test } from "vitest";
import {
  newestSettings,
  readAnnounced,
  readInstances,
  readNode,
  readPlayers,
  readSettings,
} from "../src/views.ts";

const METRICS = {
  connections: 2,
  messageRate: 8,
  stateSize: 96,
  cpu: 0.01,
  memory: 28_000,
  networkLatency: null,
};
const SETTINGS = {
  tickRate: 100,
  movementSpeed: 3.75,
  broadcastFrames: 5,
  smoothing: 0.1,
  maxPlayers: 100,
  reconnectAttempts: 5,
};
const INSTANCE = {
  id: "k3v9",
  game: "arena",
  namespace: "/arena/k3v9",
  region: "local",
  capacity: 100,
  currentLoad: 0.02,
  phase: "running",
  hibernating: false,
  metrics: METRICS,
  settings: SETTINGS,
  announced: [{ atTick: 90, settings: { ...SETTINGS, tickRate: 50 } }],
  state: { tick: 80, players: 2, away: 0, actors: 14, stateBytes: 96 },
};
const NODE = {
  version: "0.1.0",
  region: "local",
  game: "arena",
  phase: "running",
  hung: 1,
  uptimeMillis: 1000,
  metrics: METRICS,
  currentLoad: 0.1,
  instances: 1,
  players: 2,
  capacity: 100,
  limits: { instances: 100, messageRate: 2000, stateSize: 1_048_576, cpu: 0.8, drainMillis: 30_000 },
};

test("instances and nodes are read", () => {
  const [instance] = readInstances([INSTANCE]) ?? [];
  expect(instance).toMatchObject({ id: "k3v9", tick: 80, players: 2, metrics: METRICS });
  expect(instance === undefined ? 0 : newestSettings(instance).tickRate).toBe(50);
  expect(readNode(NODE)).toMatchObject({ hung: 1, maxInstances: 100, drainMillis: 30_000, game: "arena" });
  expect(readSettings(SETTINGS)).toEqual(SETTINGS);
  expect(readPlayers([{ player: "p1", name: "Ada", connected: true, roundTripMillis: 12 }])).toHaveLength(1);
});

test("without an announcement the settings in force are the newest", () => {
  const [instance] = readInstances([{ ...INSTANCE, announced: [] }]) ?? [];
  expect(instance === undefined ? 0 : newestSettings(instance).tickRate).toBe(100);
});

test.each([
  [null],
  [{}],
  [[null]],
  [[{ ...INSTANCE, id: 5 }]],
  [[{ ...INSTANCE, metrics: {} }]],
  [[{ ...INSTANCE, settings: { ...SETTINGS, smoothing: "0.1" } }]],
  [[{ ...INSTANCE, hibernating: "no" }]],
])("what is misshapen is nothing: %j", (value) => {
  expect(readInstances(value)).toBeNull();
});

test("a change is known by the tick of each instance", () => {
  expect(readAnnounced({ settings: SETTINGS, atTick: 90 }, "k3v9")).toEqual(new Map([["k3v9", 90]]));
  expect(readAnnounced({ settings: SETTINGS, instances: [{ id: "a", atTick: 7 }] }, "")).toEqual(
    new Map([["a", 7]]),
  );
  expect(readAnnounced({ settings: SETTINGS }, "k3v9")).toBeNull();
});
