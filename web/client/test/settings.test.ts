import { describe, expect, test } from "vitest";
import { newPrediction } from "../src/prediction.ts";
import { toRow } from "../src/rows.ts";
import { withChange } from "../src/timeline.ts";
import { rig } from "./rig.ts";
import { type Log, sail } from "./sea.ts";
import { WALKER } from "./walker.ts";
import { SETTINGS, settings, steady, WELCOME } from "./worlds.ts";

const SEEDS = [1, 2, 3, 4, 5];

/** 100 → 50 → 200 ms, with the speed changed in between, once twice within a second. */
const CHANGES = [
  { atMillis: 8_000, settings: settings(50) },
  { atMillis: 14_000, settings: settings(50, { movementSpeed: 9 }) },
  { atMillis: 20_000, settings: settings(200, { movementSpeed: 9 }) },
  { atMillis: 20_400, settings: settings(200, { movementSpeed: 2 }) },
  { atMillis: 27_000, settings: settings(100) },
];

/** Ticks from one to the other that were confirmed; each must be, or there was a gap. */
function gaps({ confirmations }: Log): number {
  const ticks = confirmations.map(({ tick }) => tick);
  return ticks.filter((tick, index) => index > 0 && tick !== (ticks[index - 1] ?? 0) + 1).length;
}

describe("while settings change", () => {
  test.each(SEEDS)("every tick is predicted to the bit (seed %i)", (seed) => {
    const log = sail({ oneWayMillis: 90, jitterMillis: 0, seed, seconds: 40, changes: CHANGES });
    expect(log.changedAt.length).toBe(CHANGES.length);
    expect(log.confirmations.length).toBeGreaterThan(400);
    expect(log.confirmations.filter(({ correct }) => !correct)).toEqual([]);
    expect([...log.late]).toEqual([]);
    expect(gaps(log)).toBe(0);
  });

  test.each(SEEDS)("with jitter only late ticks are corrected (seed %i)", (seed) => {
    const log = sail({ oneWayMillis: 85, jitterMillis: 30, seed, seconds: 40, changes: CHANGES });
    const wrong = log.confirmations.filter(({ correct }) => !correct).map(({ tick }) => tick);
    expect(wrong.filter((tick) => !log.late.has(tick))).toEqual([]);
    expect(wrong.length).toBeLessThan(20);
    expect(log.pilot.watch.divergence).toBeNull();
    expect(gaps(log)).toBe(0);
  });

  test.each(SEEDS)("an announcement that a stall held back is made up for (seed %i)", (seed) => {
    const log = sail({
      oneWayMillis: 60,
      jitterMillis: 0,
      seed,
      seconds: 30,
      changes: [{ atMillis: 10_000, settings: settings(50, { movementSpeed: 9 }) }],
      stall: [9_990, 11_300],
    });
    const wrong = log.confirmations.filter(({ correct }) => !correct).map(({ tick }) => tick);
    const changedAt = log.changedAt[0] ?? 0;
    expect(wrong.filter((tick) => tick > changedAt + 40)).toEqual([]);
    expect(log.pilot.watch.divergence).toBeNull();
  });
});

test("a run over a change steps each tick with its own settings, and so does a change that is told late", () => {
  const input = toRow(WALKER.input, { x: 1 });
  const change = { atTick: 3, settings: settings(100, { movementSpeed: 30 }) };
  const changed = withChange(steady(100), change);
  const told = newPrediction(WALKER, changed, 0, new Int32Array(2));
  const toldLate = newPrediction(WALKER, steady(100), 0, new Int32Array(2));
  const truth = new Int32Array(2);
  for (let tick = 1; tick <= 5; tick += 1) {
    told.close(input);
    toldLate.close(input);
    WALKER.configure(tick < 3 ? SETTINGS : change.settings);
    WALKER.step(truth, input, 1, new Int32Array(0));
  }
  expect(told.row).toEqual(truth);
  expect(toldLate.row).not.toEqual(truth);
  toldLate.resettle(changed, change.atTick);
  expect(toldLate.row).toEqual(truth);
  // The server's word on tick 1 has all later ones stepped again, on either side of the change.
  const word = new Int32Array([400, 0]);
  told.confirm(1, word);
  for (let tick = 2; tick <= 5; tick += 1) {
    WALKER.configure(tick < 3 ? SETTINGS : change.settings);
    WALKER.step(word, input, 1, new Int32Array(0));
  }
  expect(told.row).toEqual(word);
});

describe("the room's settings", () => {
  test("are those of the newest tick, each change from its own tick on", () => {
    const { room, enter, hear } = rig();
    const heard: number[] = [];
    room.onSettings(({ tickRate }) => heard.push(tickRate));
    enter();
    hear("settings", { settings: settings(200), atTick: 46 });
    hear("settings", { settings: settings(50), atTick: 44 });
    hear("update", { tick: 43 });
    expect(room.settings.tickRate).toBe(100);
    hear("update", { tick: 44 });
    expect(room.settings.tickRate).toBe(50);
    hear("update", { tick: 47 });
    expect(room.settings.tickRate).toBe(200);
    expect(heard).toEqual([50, 200]);
  });

  test("change by the clock while nothing else happens, and are not taken back", () => {
    const { room, enter, hear, newest, pass } = rig();
    enter();
    newest().deliver({ type: "clock", sentAtMillis: 0, tick: 41, elapsedMillis: 0 });
    hear("settings", { settings: settings(50), atTick: 51 });
    pass(900);
    expect(room.settings.tickRate).toBe(100);
    pass(200);
    expect(room.settings.tickRate).toBe(50);
    hear("update", { tick: 50 });
    expect(room.settings.tickRate).toBe(50);
    // Ten ticks of 100 ms, then 50 ms each.
    expect(room.serverTick(1_500)).toBeCloseTo(61);
  });

  test("that a welcome finds outstanding are its own", () => {
    const { room, enter, newest, hear } = rig();
    newest().hear("welcome", { ...WELCOME, tick: 40 });
    hear("settings", { settings: settings(50), atTick: 45 });
    newest().hear("state", { tick: 45, actors: [], players: [] });
    expect(room.settings.tickRate).toBe(50);
    enter();
  });
});
