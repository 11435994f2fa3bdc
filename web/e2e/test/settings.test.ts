import type { Settings } from "@orrery/client";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { keepAlmanac, pace, readAlmanac, wrongDays } from "../src/almanac.ts";
import { enter, ownShip, shownInstance } from "../src/arena.ts";
import { patrol } from "../src/autopilot.ts";
import { test as base, PATIENCE } from "../src/fixtures.ts";
import { keepLogbook, readLogbook, unexplained } from "../src/logbook.ts";
import { type Sending, tapInputs } from "../src/wire.ts";

/** Two tabs that play: the first patrols, the second looks on. */
interface Pair {
  readonly ada: Page;
  readonly grace: Page;
  readonly sent: readonly Sending[];
  /** Changes settings; resolves to the tick of the change once both tabs have adopted it there. */
  change(patch: Partial<Settings>): Promise<number>;
}

const test = base.extend("pair", async ({ server, open, operator }): Promise<Pair> => {
  const [ada, grace] = [await open(), await open()];
  await enter(ada, server.url, "Ada");
  await enter(grace, server.url, "Grace");
  const sent = await tapInputs(ada);
  for (const page of [ada, grace]) await keepAlmanac(page);
  await keepLogbook(ada);
  await patrol(ada);

  async function change(patch: Partial<Settings>): Promise<number> {
    const before = await settingsOf(ada);
    const fromTick = await ada.evaluate(() => window.orrery.room?.tick ?? 0);
    const { settings, atTicks } = await operator.settle(patch);
    expect(settings).toEqual({ ...before, ...patch });
    const atTick = atTicks.get((await shownInstance(ada)) ?? "") ?? Number.NaN;
    for (const page of [ada, grace]) {
      const since = async () => (await readAlmanac(page)).filter(({ tick }) => tick >= fromTick);
      await expect.poll(async () => (await since()).at(-1)?.tick, PATIENCE).toBeGreaterThan(atTick + 3);
      expect(wrongDays(await since(), before, settings, atTick)).toEqual([]);
      expect(await page.locator(".hud").getAttribute("data-settings")).toBe(JSON.stringify(settings));
    }
    return atTick;
  }
  return { ada, grace, sent, change };
});

function settingsOf(page: Page): Promise<Settings> {
  return page.evaluate(() => {
    const { room } = window.orrery;
    if (room === null) throw new Error("The page is in no room.");
    return room.settings;
  });
}

/** The prediction went on through all that, and was wrong only where an input came late. */
async function expectPredicted({ ada }: Pair): Promise<void> {
  const logbook = await readLogbook(ada);
  expect(logbook.entries.length).toBeGreaterThan(20);
  expect(await ada.evaluate(() => window.orrery.room?.prediction?.divergence)).toBeNull();
  expect(unexplained(logbook)).toEqual([]);
}

/** The fastest that the ship was in one of the newest ticks, px per tick. */
async function topSpeed(page: Page, sinceTick: number): Promise<number> {
  const since = (await readAlmanac(page)).filter(({ tick }) => tick >= sinceTick);
  return Math.max(...since.map(({ speed }) => speed));
}

/** Top speed of a ship, as the settings say it. */
function pixelsPerTick({ movementSpeed, tickRate }: Settings): number {
  return movementSpeed * 0.06 * tickRate;
}

test("inputs are sent as far apart as the settings say", async ({ pair }) => {
  const { ada, sent, change } = pair;
  // The direction changes in every tick, so that each has an input to send.
  await ada.evaluate(() => {
    window.heaveTo?.();
    let turn = 0;
    window.orrery.room?.onFrame(() => {
      turn += 0.7;
      window.orrery.room?.steer(Math.cos(turn), Math.sin(turn));
    });
  });
  for (const [broadcastFrames, ticks] of [
    [15, 2],
    [5, 1],
  ] as const) {
    const atTick = await change({ broadcastFrames });
    await expect
      .poll(() => sent.slice(-6).map((sending) => sending.ticks.length), PATIENCE)
      .toEqual(Array(6).fill(ticks));
    const since = sent.filter((sending) => (sending.ticks[0] ?? 0) > atTick).slice(-6);
    const spacing = ((since.at(-1)?.atMillis ?? 0) - (since[0]?.atMillis ?? 0)) / 5;
    expect(spacing).toBeGreaterThan(0.8 * ticks * 100);
  }
  await expectPredicted(pair);
});

test("ships glide as long as the settings say", async ({ pair }) => {
  const { ada, grace, change } = pair;
  const ship = await ownShip(ada);
  const glideSeconds = (): Promise<number> =>
    grace
      .locator(`.ship[data-actor="${ship}"]`)
      .evaluate((element) => Number.parseFloat(getComputedStyle(element).transitionDuration));
  for (const smoothing of [0.8, 0.1]) {
    await change({ smoothing });
    // The network's jitter comes on top, up to 150 ms of it.
    await expect.poll(glideSeconds, PATIENCE).toBeGreaterThanOrEqual(smoothing);
    await expect.poll(glideSeconds, PATIENCE).toBeLessThanOrEqual(smoothing + 0.15);
    const property = await grace
      .locator(".scene")
      .evaluate((scene) => Number.parseFloat(getComputedStyle(scene).getPropertyValue("--glide")));
    expect(property).toBeGreaterThanOrEqual(1000 * smoothing);
  }
  await expectPredicted(pair);
});

// From here on the ticks are not as they were at the start.
test.for([[40], [200]] as const)("ticks of %i ms", async ([tickRate], { pair }) => {
  const atTick = await pair.change({ tickRate });
  for (const page of [pair.ada, pair.grace]) {
    const newest = async () => (await readAlmanac(page)).at(-1)?.tick;
    await expect.poll(newest, PATIENCE).toBeGreaterThan(atTick + 4_000 / tickRate);
    const millis = pace(await readAlmanac(page), atTick);
    expect(millis).toBeGreaterThan(0.85 * tickRate);
    expect(millis).toBeLessThan(1.6 * tickRate);
  }
  await expectPredicted(pair);
});

test.for([[8], [2]] as const)("a speed of %d px", async ([movementSpeed], { pair }) => {
  const { ada, change } = pair;
  const atTick = await change({ movementSpeed });
  const top = pixelsPerTick(await settingsOf(ada));
  // A ship that was faster has slowed down by then.
  await expect.poll(() => topSpeed(ada, atTick + 20), PATIENCE).toBeGreaterThan(0.97 * top);
  expect(await topSpeed(ada, atTick + 20)).toBeLessThan(1.03 * top);
  await expectPredicted(pair);
});
