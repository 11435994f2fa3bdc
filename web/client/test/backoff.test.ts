import fc from "fast-check";
import { expect, test } from "vitest";
import { backoffMillis, mayTry, NO_ATTEMPTS, nextAttempt } from "../src/backoff.ts";

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test("is anything from nothing to a limit that triples from one second to twelve", () => {
  const limits = [1, 2, 3, 4, 5, 60].map((attempt) => backoffMillis(attempt, 1));
  expect(limits).toEqual([1_000, 3_000, 9_000, 12_000, 12_000, 12_000]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), random, (attempt, share) => {
      const wait = backoffMillis(attempt, share);
      expect(wait).toBeGreaterThanOrEqual(0);
      expect(wait).toBeLessThan(Math.min(12_000, 1_000 * 3 ** (attempt - 1)));
    }),
  );
});

test("spreads evenly over all of it", () => {
  const tenths = new Set<number>();
  for (let share = 0; share < 1; share += 0.01) tenths.add(Math.floor(backoffMillis(2, share) / 300));
  expect([...tenths].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test("only the first hurry does without a wait, and is part of the attempt that led to it", () => {
  const first = nextAttempt(NO_ATTEMPTS, true, 0.5);
  expect(first).toEqual({ attempts: { count: 1, hurried: true }, waitMillis: 0 });
  expect(nextAttempt(first.attempts, true, 0.5)).toMatchObject({ attempts: { count: 2 }, waitMillis: 1_500 });
  const last = { count: 5, hurried: false };
  expect([mayTry(last, true, 5), mayTry(last, false, 5)]).toEqual([true, false]);
  expect(nextAttempt(last, true, 0.5)).toEqual({ attempts: { count: 5, hurried: true }, waitMillis: 0 });
  expect(mayTry({ count: 5, hurried: true }, true, 5)).toBe(false);
  expect(mayTry(NO_ATTEMPTS, true, 0)).toBe(false);
  expect(nextAttempt(NO_ATTEMPTS, false, 0.5).waitMillis).toBe(500);
});
