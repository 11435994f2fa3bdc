import fc from "fast-check";
import { expect, test } from "vitest";
import { type Bundle, bundled, bundleMillis, bundleTicks, NEW_BUNDLE } from "../src/bundle.ts";
import { type Arrival, sail } from "./sea.ts";
import { settings } from "./worlds.ts";

test.each([
  // The defaults: a tick is longer than the spacing.
  [100, 5, 1],
  [33, 5, 2],
  [20, 5, 4],
  // 8 ticks at most, and 250 ms.
  [10, 5, 8],
  [10, 60, 8],
  [100, 60, 2],
  [200, 60, 1],
  [50, 6, 2],
  [16, 1, 1],
])("ticks of %i ms, %i frames: %i ticks together", (tickRate, broadcastFrames, ticks) => {
  expect(bundleTicks(settings(tickRate, { broadcastFrames }))).toBe(ticks);
  expect(bundleMillis(settings(tickRate, { broadcastFrames }))).toBe((ticks - 1) * tickRate);
});

test("nothing is lost, nothing waits longer than its bundle, and sends keep their distance", () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 80 }), fc.integer({ min: 1, max: 8 }), (has, ticks) => {
      let bundle: Bundle = NEW_BUNDLE;
      let sentAt = Number.NEGATIVE_INFINITY;
      const sent: number[] = [];
      for (const [tick, changed] of has.entries()) {
        const message = changed ? { seq: tick, x: 0, y: 0, boost: 0, tick } : null;
        const next = bundled(bundle, tick, message, ticks);
        bundle = next.bundle;
        if (next.messages.length === 0) continue;
        expect(tick - sentAt).toBeGreaterThanOrEqual(ticks);
        sentAt = tick;
        for (const { seq } of next.messages) expect(tick - seq).toBeLessThan(ticks);
        sent.push(...next.messages.map(({ seq }) => seq));
      }
      const meant = has.flatMap((changed, tick) => (changed ? [tick] : []));
      expect([...sent, ...bundle.held.map(({ seq }) => seq)]).toEqual(meant);
    }),
  );
});

test.each([
  [16, 6],
  [20, 15],
  [33, 15],
  [50, 15],
])(
  "ticks of %i ms bundled by %i frames: all in time, none refused, none lost",
  (tickRate, broadcastFrames) => {
    const bundles = settings(tickRate, { broadcastFrames });
    const { arrivals, late, confirmations } = sail({
      oneWayMillis: 60,
      jitterMillis: 0,
      seed: 5,
      seconds: 20,
      settings: bundles,
      // A new direction in every second tick or so: a joystick in use.
      restlessness: 0.5 / tickRate,
      stepMillis: 1,
    });
    expect([...late]).toEqual([]);
    expect(confirmations.filter(({ correct }) => !correct)).toEqual([]);
    expect(Math.min(...arrivals.map(({ marginTicks }) => marginTicks))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...arrivals.map(({ marginTicks }) => marginTicks))).toBeLessThan(16);
    expect(arrivals.map(({ message }) => message.seq)).toEqual(arrivals.map((_, index) => index + 1));
    // Once the lead has grown, sends are as far apart as the settings wish, give or take the tick that the lead corrects.
    const spacings = sendSpacings(arrivals.filter(({ sentAtMillis }) => sentAtMillis > 5_000));
    const wished = bundleTicks(bundles) * tickRate;
    expect(bundleTicks(bundles)).toBeGreaterThan(1);
    expect(Math.min(...spacings)).toBeGreaterThanOrEqual(wished - tickRate);
    expect(spacings.toSorted((a, b) => a - b)[spacings.length >> 1]).toBeGreaterThan(wished - tickRate / 2);
  },
);

test("when settings bundle more from a tick on, no input is late while the lead grows", () => {
  const { late, arrivals, confirmations } = sail({
    oneWayMillis: 60,
    jitterMillis: 0,
    seed: 6,
    seconds: 30,
    settings: settings(50, { broadcastFrames: 1 }),
    changes: [{ atMillis: 10_000, settings: settings(50, { broadcastFrames: 15 }) }],
    restlessness: 0.02,
  });
  expect([...late]).toEqual([]);
  expect(confirmations.filter(({ correct }) => !correct)).toEqual([]);
  const median = (from: number, to: number): number => {
    const within = arrivals.filter(({ sentAtMillis }) => sentAtMillis > from && sentAtMillis < to);
    const spacings = sendSpacings(within).toSorted((a, b) => a - b);
    return spacings[spacings.length >> 1] ?? 0;
  };
  expect(median(3_000, 10_000)).toBeLessThan(110);
  expect(median(20_000, 30_000)).toBeGreaterThan(200);
});

/** Times between two sends; what is sent in the same moment is one. */
function sendSpacings(arrivals: readonly Arrival[]): number[] {
  const times = [...new Set(arrivals.map(({ sentAtMillis }) => sentAtMillis))];
  return times.slice(1).map((time, index) => time - (times[index] ?? 0));
}
