import { expect, test } from "vitest";
import { backoffMillis } from "../src/backoff.ts";

test("doubles from half a second to five, spread by a quarter", () => {
  expect([1, 2, 3, 4, 5, 60].map((attempt) => backoffMillis(attempt, 0.5))).toEqual([
    500, 1000, 2000, 4000, 5000, 5000,
  ]);
  expect(backoffMillis(1, 0)).toBe(375);
  expect(backoffMillis(3, 0.999)).toBeCloseTo(2_499);
});
