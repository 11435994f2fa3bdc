import { expect, test } from "vitest";
import {
  changes,
  check,
  holding,
  nearestStop,
  SETTINGS,
  type Setting,
  tellHolding,
} from "../src/settings.ts";

function setting(name: string): Setting {
  const found = SETTINGS.find((one) => one.name === name);
  if (found === undefined) throw new Error(name);
  return found;
}

const HOLDS = {
  tickRate: 100,
  movementSpeed: 3.75,
  broadcastFrames: 5,
  smoothing: 0.1,
  maxPlayers: 100,
  reconnectAttempts: 5,
};

test("each slider goes from bound to bound, upwards, and stops at what settings usually are", () => {
  for (const one of SETTINGS) {
    expect(one.stops[0]).toBe(one.min);
    expect(one.stops.at(-1)).toBe(one.max);
    expect(one.stops).toEqual([...new Set(one.stops)].sort((a, b) => a - b));
    expect(one.stops).toContain(HOLDS[one.name]);
    if (one.whole) expect(one.stops.every(Number.isInteger)).toBe(true);
    for (const stop of one.stops) expect(check(one, String(stop))).toEqual({ value: stop });
  }
});

test("the slider stands at the nearest stop", () => {
  const seats = setting("maxPlayers");
  expect(seats.stops[nearestStop(seats, 100)]).toBe(100);
  expect(seats.stops[nearestStop(seats, 97)]).toBe(100);
  expect(seats.stops[nearestStop(seats, 10_000)]).toBe(10_000);
  expect(seats.stops[nearestStop(seats, 1)]).toBe(1);
});

test("a field says what it must be", () => {
  expect(check(setting("tickRate"), "50")).toEqual({ value: 50 });
  expect(check(setting("tickRate"), "50.5")).toEqual({ problem: "A whole number." });
  expect(check(setting("tickRate"), "9")).toEqual({ problem: "From 10 to 1000 ms." });
  expect(check(setting("smoothing"), "5.01")).toEqual({ problem: "From 0 to 5 s." });
  expect(check(setting("smoothing"), " ")).toEqual({ problem: "Write a number." });
  expect(check(setting("smoothing"), "fast")).toEqual({ problem: "Write a number." });
});

test("only what differs is sent", () => {
  expect(changes({}, HOLDS)).toEqual({});
  expect(changes({ tickRate: 100, smoothing: 0.2 }, HOLDS)).toEqual({ smoothing: 0.2 });
});

test("a change tells from when it holds, and when it does", () => {
  const one = new Map([["a", 1_200]]);
  expect(tellHolding(holding(one, new Map([["a", 1_190]])))).toBe("Holds from tick 1,200.");
  expect(tellHolding(holding(one, new Map([["a", 1_200]])))).toBe("Holds now.");
  const two = new Map([
    ["a", 1_200],
    ["b", 80],
  ]);
  expect(
    tellHolding(
      holding(
        two,
        new Map([
          ["a", 1_195],
          ["b", 80],
        ]),
      ),
    ),
  ).toBe("Holds from tick 1,200 at the latest: now in 1 of 2 instances.");
  expect(tellHolding(holding(two, new Map([["b", 81]])))).toBe("Holds now in all 2 instances.");
  expect(tellHolding(holding(new Map(), new Map()))).toContain("further instances");
});
