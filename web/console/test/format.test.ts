import { expect, test } from "vitest";
import { bytes, duration, millis, percent, rate, sparkline, stress } from "../src/format.ts";

test("shares are per cent, small ones with a digit", () => {
  expect([0, 0.004, 0.0996, 0.5, 1, 1.34].map(percent)).toEqual([
    "0 %",
    "0.4 %",
    "10.0 %",
    "50 %",
    "100 %",
    "134 %",
  ]);
});

test("bytes have three digits", () => {
  expect([0, 999, 1_000, 45_600, 123_456, 3.2e9].map(bytes)).toEqual([
    "0 B",
    "999 B",
    "1.0 kB",
    "45.6 kB",
    "123 kB",
    "3.2 GB",
  ]);
});

test("what is not known is a dash", () => {
  expect([null, 0.42, 38.6].map(millis)).toEqual(["–", "0.4 ms", "39 ms"]);
});

test("rates are per second", () => {
  expect([0, 0.25, 1_999.6].map(rate)).toEqual(["0/s", "0.3/s", "2,000/s"]);
});

test("times have their two largest units", () => {
  expect([900, 61_000, 3_600_000 * 5, 86_400_000 * 3 + 3_600_000].map(duration)).toEqual([
    "0 s",
    "1 min 1 s",
    "5 h 0 min",
    "3 d 1 h",
  ]);
});

test("load is calm, busy or full", () => {
  expect([0.1, 0.7, 0.95, 2].map(stress)).toEqual(["calm", "busy", "full", "full"]);
});

test("the newest value stands at the right, and 1 at the top unless a greater one does", () => {
  expect(sparkline([0, 1], 3, 100, 20)).toBe("M50.0 20.0L100.0 0.0");
  expect(sparkline([2, 1], 2, 100, 20)).toBe("M0.0 0.0L100.0 10.0");
  expect(sparkline([0.5], 2, 100, 20)).toBe("M100.0 10.0");
});
