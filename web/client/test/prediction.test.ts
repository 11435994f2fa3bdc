import fc from "fast-check";
import { expect, test } from "vitest";
import { newPrediction } from "../src/prediction.ts";
import { differences, sameRow, toFields, toRow } from "../src/rows.ts";
import { WALKER } from "./walker.ts";
import { steady } from "./worlds.ts";

const input = (x: number): Int32Array => toRow(WALKER.input, { x });
const START = new Int32Array([0, 0]);

test("peeking changes nothing and is what closing gives", () => {
  const prediction = newPrediction(WALKER, steady(100), 10, START);
  const glimpsed = prediction.peek(input(1)).slice();
  expect(prediction.tick).toBe(10);
  prediction.close(input(1));
  expect(prediction.row).toEqual(glimpsed);
});

test("the server's word replaces ours, and later ticks are stepped again with their inputs", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 2, maxLength: 60 }),
      fc.nat(58),
      fc.integer({ min: -500, max: 500 }),
      (xs, at, off) => {
        const wrongAt = 1 + (at % (xs.length - 1));
        const prediction = newPrediction(WALKER, steady(100), 0, START);
        const server = START.slice();
        for (const [index, x] of xs.entries()) {
          prediction.close(input(x));
          WALKER.step(server, input(x), 1, new Int32Array(0));
          if (index + 1 === wrongAt) server[0] = (server[0] ?? 0) + off;
        }
        const truth = START.slice();
        for (const [index, x] of xs.entries()) {
          WALKER.step(truth, input(x), 1, new Int32Array(0));
          if (index + 1 === wrongAt) truth[0] = (truth[0] ?? 0) + off;
          if (index + 1 > wrongAt) break;
          const confirmation = prediction.confirm(index + 1, truth);
          expect(confirmation?.correct).toBe(index + 1 !== wrongAt || off === 0);
          if (index + 1 === wrongAt) break;
        }
        expect(prediction.row).toEqual(server);
      },
    ),
  );
});

test("a tick is confirmed once, and one that was never predicted begins anew", () => {
  const prediction = newPrediction(WALKER, steady(100), 0, START);
  prediction.close(input(1));
  const told = prediction.row.slice();
  expect(prediction.confirm(1, told)?.correct).toBe(true);
  expect(prediction.confirm(1, told)).toBeNull();
  expect(prediction.confirm(7, new Int32Array([40, 4]))).toBeNull();
  expect(prediction.tick).toBe(7);
  expect(prediction.row).toEqual(new Int32Array([40, 4]));
});

test("rows and fields say the same, and differences name both values", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1_000_000, max: 1_000_000 }),
      fc.integer({ min: -4096, max: 4096 }),
      (x, vx) => {
        const row = new Int32Array([x, vx]);
        expect(sameRow(toRow(WALKER.actor, toFields(WALKER.actor, row)), row)).toBe(true);
      },
    ),
  );
  expect(differences(WALKER.actor, new Int32Array([4, 16]), new Int32Array([4, 32]))).toEqual([
    { field: "vx", predicted: 1, actual: 2 },
  ]);
});

test("a value between two quanta goes to the nearer, halves upwards, as on the server", () => {
  const quanta = (x: number): number | undefined => toRow(WALKER.actor, { x })[0];
  expect([0.12, 0.125, 0.374, 0.375, -0.125, -0.126].map(quanta)).toEqual([0, 1, 1, 2, 0, -1]);
  expect(quanta(1e9)).toBe(1_000_000);
});
