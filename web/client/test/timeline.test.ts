import fc from "fast-check";
import { expect, test } from "vitest";
import {
  CHANGE_LIMIT,
  millisBetween,
  newTimeline,
  pruned,
  settingsAt,
  type Timeline,
  ticksAfter,
  withChange,
} from "../src/timeline.ts";
import { settings } from "./worlds.ts";

/** 100 ms until tick 20, 50 ms until tick 30, then 200 ms. */
const VARIED = withChange(withChange(newTimeline(settings(100)), { atTick: 30, settings: settings(200) }), {
  atTick: 20,
  settings: settings(50),
});

const timelines: fc.Arbitrary<Timeline> = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 10, max: 250 })), { maxLength: 6 })
  .map((changes) =>
    changes.reduce(
      (timeline, [atTick, tickRate]) => withChange(timeline, { atTick, settings: settings(tickRate) }),
      newTimeline(settings(100)),
    ),
  );
const positions = fc.double({ min: -50, max: 300, noNaN: true });

test("each tick has the newest settings announced for it or before", () => {
  const rates = [0, 19, 20, 29, 30, 999].map((tick) => settingsAt(VARIED, tick).tickRate);
  expect(rates).toEqual([100, 100, 50, 50, 200, 200]);
});

test("a position passes in the time of its own tick, on either side of a change", () => {
  expect(millisBetween(VARIED, 19, 21)).toBe(150);
  expect(millisBetween(VARIED, 19.5, 30.5)).toBe(50 + 500 + 100);
  expect(millisBetween(VARIED, 30.5, 19.5)).toBe(-650);
  expect(ticksAfter(VARIED, 19.5, 650)).toBe(30.5);
  expect(ticksAfter(VARIED, 30.5, -650)).toBe(19.5);
  expect(ticksAfter(VARIED, 20, 0)).toBe(20);
  expect(ticksAfter(VARIED, 20, -100)).toBe(19);
  expect(ticksAfter(VARIED, 20, 100)).toBe(22);
});

test("ticksAfter and millisBetween are inverse", () => {
  fc.assert(
    fc.property(timelines, positions, positions, (timeline, from, to) => {
      const millis = millisBetween(timeline, from, to);
      expect(ticksAfter(timeline, from, millis)).toBeCloseTo(to, 6);
      expect(millisBetween(timeline, from, ticksAfter(timeline, from, millis))).toBeCloseTo(millis, 6);
    }),
  );
});

test("time adds up, whatever lies between", () => {
  fc.assert(
    fc.property(timelines, positions, positions, positions, (timeline, a, b, c) => {
      const ways = millisBetween(timeline, a, b) + millisBetween(timeline, b, c);
      expect(ways).toBeCloseTo(millisBetween(timeline, a, c), 6);
    }),
  );
});

test("what is pruned changes nothing from that tick on", () => {
  fc.assert(
    fc.property(timelines, fc.integer({ min: 0, max: 250 }), positions, (timeline, from, position) => {
      const shorter = pruned(timeline, from);
      expect(shorter.changes.every(({ atTick }) => atTick > from)).toBe(true);
      const later = from + Math.abs(position);
      expect(settingsAt(shorter, Math.floor(later))).toBe(settingsAt(timeline, Math.floor(later)));
      expect(millisBetween(shorter, from, later)).toBeCloseTo(millisBetween(timeline, from, later), 6);
    }),
  );
});

test("a second change for a tick replaces the first, and no more than a limit are remembered", () => {
  const twice = withChange(VARIED, { atTick: 20, settings: settings(10) });
  expect(twice.changes.map(({ atTick }) => atTick)).toEqual([20, 30]);
  expect(settingsAt(twice, 25).tickRate).toBe(10);
  let many = newTimeline(settings(100));
  for (let tick = 1; tick <= 200; tick += 1) {
    many = withChange(many, { atTick: tick, settings: settings(tick) });
  }
  expect(many.changes.length).toBeLessThanOrEqual(CHANGE_LIMIT);
  expect(settingsAt(many, 199).tickRate).toBe(199);
});
