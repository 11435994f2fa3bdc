import { expect, test } from "vitest";
import { sail } from "./sea.ts";
import { WALKER } from "./walker.ts";

const SEEDS = [1, 2, 3, 4, 5];

test.each(SEEDS)("200 ms round trip: every tick is predicted to the bit (seed %i)", (seed) => {
  const { confirmations, late } = sail({ oneWayMillis: 100, jitterMillis: 0, seed, seconds: 60 });
  expect(confirmations.length).toBeGreaterThan(570);
  expect(confirmations.filter(({ correct }) => !correct)).toEqual([]);
  expect([...late]).toEqual([]);
});

test.each(SEEDS)("30 ms jitter: corrections only in ticks that the server calls late (seed %i)", (seed) => {
  const { confirmations, late, pilot } = sail({ oneWayMillis: 85, jitterMillis: 30, seed, seconds: 60 });
  const wrong = confirmations.filter(({ correct }) => !correct).map(({ tick }) => tick);
  expect(wrong.filter((tick) => !late.has(tick))).toEqual([]);
  expect(wrong.length).toBeLessThan(20);
  expect(pilot.watch.corrections).toBe(wrong.length);
  expect(pilot.watch.divergence).toBeNull();
});

test.each(SEEDS)(
  "a stall of the network is explained by late inputs, and over afterwards (seed %i)",
  (seed) => {
    const { confirmations, late, pilot } = sail({
      oneWayMillis: 100,
      jitterMillis: 0,
      seed,
      seconds: 30,
      stall: [10_000, 10_700],
    });
    const wrong = confirmations.filter(({ correct }) => !correct).map(({ tick }) => tick);
    expect(wrong.length).toBeGreaterThan(0);
    expect(wrong.filter((tick) => !late.has(tick))).toEqual([]);
    expect(Math.max(...wrong)).toBeLessThan(115);
    expect(pilot.watch.divergence).toBeNull();
  },
);

test("other rules than the server's are noticed within a second and named with both values", () => {
  const { confirmations, pilot } = sail({
    oneWayMillis: 100,
    jitterMillis: 0,
    seed: 1,
    seconds: 4,
    clientRules: {
      ...WALKER,
      step(row, inputs, ticks, history) {
        WALKER.step(row, inputs, ticks, history);
        row[1] = (row[1] ?? 0) + 1;
        if (history.length > 0) history.set(row, (ticks - 1) * 2);
      },
    },
  });
  const first = confirmations.find(({ correct }) => !correct);
  const { divergence } = pilot.watch;
  expect(divergence).toMatchObject({ kind: "walker", field: "vx" });
  expect(divergence?.predicted).not.toBe(divergence?.actual);
  expect((divergence?.tick ?? 0) - (first?.tick ?? 0)).toBeLessThan(10);
});
