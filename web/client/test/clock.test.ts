import fc from "fast-check";
import { expect, test } from "vitest";
import { newClock, rttMillis, SAMPLE_LIMIT, serverTick, withSample, withTickMillis } from "../src/clock.ts";

/** An answer of a server whose tick 0 began at client time 0, with these ways there and back. */
function answer(sentAtMillis: number, there: number, back: number, tickMillis = 100) {
  const at = sentAtMillis + there;
  const tick = Math.floor(at / tickMillis);
  return { sentAtMillis, receivedAtMillis: at + back, tick, elapsedMillis: at - tick * tickMillis };
}

test("knows nothing before the first answer", () => {
  expect(serverTick(newClock(100), 5)).toBeNull();
  expect(rttMillis(newClock(100))).toBeNull();
});

test("is exact on an even way", () => {
  const clock = withSample(newClock(100), answer(1_000, 30, 30));
  expect(serverTick(clock, 1_060)).toBeCloseTo(10.6);
  expect(serverTick(clock, 2_000)).toBeCloseTo(20);
  expect(rttMillis(clock)).toBe(60);
});

test("is off by no more than half the best round trip, however uneven the ways", () => {
  const way = fc.integer({ min: 0, max: 300 });
  fc.assert(
    fc.property(fc.array(fc.tuple(way, way), { minLength: 1, maxLength: 20 }), (ways) => {
      const answers = ways.map(([there, back], index) => answer(1_000 * (index + 1), there, back));
      const clock = answers.reduce(withSample, newClock(100));
      const best = Math.min(...ways.slice(-SAMPLE_LIMIT).map(([there, back]) => there + back));
      const now = 1_000 * (ways.length + 1);
      expect(Math.abs((serverTick(clock, now) ?? Number.NaN) * 100 - now)).toBeLessThanOrEqual(
        best / 2 + 1e-6,
      );
    }),
  );
});

test("follows a schedule that moved, and forgets when ticks change their length", () => {
  const before = withSample(newClock(100), answer(1_000, 10, 10));
  const stalled = withSample(before, {
    sentAtMillis: 2_000,
    receivedAtMillis: 2_020,
    tick: 12,
    elapsedMillis: 0,
  });
  expect(serverTick(stalled, 2_010)).toBeCloseTo(12);
  expect(withTickMillis(before, 100)).toBe(before);
  expect(serverTick(withTickMillis(before, 50), 2_000)).toBeNull();
});
