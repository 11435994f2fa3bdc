import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type Clock,
  newClock,
  oldestTick,
  rttMillis,
  SAMPLE_LIMIT,
  serverTick,
  withSample,
  withTimeline,
} from "../src/clock.ts";
import { withChange } from "../src/timeline.ts";
import { settings, steady } from "./worlds.ts";

const fresh = (): Clock => newClock(steady(100));

/** An answer of a server whose tick 0 began at client time 0, with these ways there and back. */
function answer(sentAtMillis: number, there: number, back: number, tickMillis = 100) {
  const at = sentAtMillis + there;
  const tick = Math.floor(at / tickMillis);
  return { sentAtMillis, receivedAtMillis: at + back, tick, elapsedMillis: at - tick * tickMillis };
}

test("knows nothing before the first answer", () => {
  expect(serverTick(fresh(), 5)).toBeNull();
  expect(rttMillis(fresh())).toBeNull();
});

test("is exact on an even way", () => {
  const clock = withSample(fresh(), answer(1_000, 30, 30));
  expect(serverTick(clock, 1_060)).toBeCloseTo(10.6);
  expect(serverTick(clock, 2_000)).toBeCloseTo(20);
  expect(rttMillis(clock)).toBe(60);
});

test("is off by no more than half the best round trip, however uneven the ways", () => {
  const way = fc.integer({ min: 0, max: 300 });
  fc.assert(
    fc.property(fc.array(fc.tuple(way, way), { minLength: 1, maxLength: 20 }), (ways) => {
      const answers = ways.map(([there, back], index) => answer(1_000 * (index + 1), there, back));
      const clock = answers.reduce(withSample, fresh());
      const best = Math.min(...ways.slice(-SAMPLE_LIMIT).map(([there, back]) => there + back));
      const now = 1_000 * (ways.length + 1);
      expect(Math.abs((serverTick(clock, now) ?? Number.NaN) * 100 - now)).toBeLessThanOrEqual(
        best / 2 + 1e-6,
      );
    }),
  );
});

test("follows a schedule that moved", () => {
  const before = withSample(fresh(), answer(1_000, 10, 10));
  const stalled = withSample(before, {
    sentAtMillis: 2_000,
    receivedAtMillis: 2_020,
    tick: 12,
    elapsedMillis: 0,
  });
  expect(serverTick(stalled, 2_010)).toBeCloseTo(12);
  expect(stalled.epoch).toBe(1);
});

test("an answer from before a change tells the tick after it", () => {
  const asked = withSample(fresh(), answer(1_000, 10, 10));
  const clock = withTimeline(asked, withChange(asked.timeline, { atTick: 20, settings: settings(50) }));
  expect(serverTick(clock, 2_000)).toBeCloseTo(20);
  expect(serverTick(clock, 2_100)).toBeCloseTo(22);
  expect(oldestTick(clock)).toBe(10);
  // What the server says after the change is no moved schedule.
  const later = { sentAtMillis: 2_090, receivedAtMillis: 2_110, tick: 22, elapsedMillis: 0 };
  expect(withSample(clock, later).epoch).toBe(0);
});
