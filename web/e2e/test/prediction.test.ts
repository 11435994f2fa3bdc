import type { Page } from "playwright-core";
import { expect } from "vitest";
import { enter } from "../src/arena.ts";
import { PATIENCE, test } from "../src/fixtures.ts";
import {
  framesUntilAnswer,
  keepLogbook,
  type Logbook,
  readLogbook,
  readWatch,
  unexplained,
  wrongTicks,
} from "../src/logbook.ts";
import { drive } from "../src/script.ts";

const SEED = 20_261_122;
const DRIVE_MILLIS = 60_000;
const SETTLE_MILLIS = 3_000;
/** Ticks in that time, less what a busy machine may swallow. */
const DRIVEN_TICKS = 500;
const TEST_MILLIS = 300_000;

test("200 ms away the ship answers in the next frame, and every tick is the server's to the bit", {
  timeout: TEST_MILLIS,
}, async ({ open, far }) => {
  const page = await open();
  await enter(page, (await far({ delay: 100, jitter: 0, seed: SEED })).url, "Ada");
  await keepLogbook(page);
  // The frame in which the key is pressed may be the one that is being drawn.
  expect(await framesUntilAnswer(page, "KeyD")).toBeLessThanOrEqual(2);

  await drive(page, SEED, DRIVE_MILLIS);
  const logbook = await readLogbook(page);
  const ticks = logbook.entries.map(({ tick }) => tick);
  expect(ticks.length).toBeGreaterThan(DRIVEN_TICKS);
  expect(ticks).toEqual(ticks.map((_, index) => (ticks[0] ?? 0) + index));
  expect(new Set(logbook.entries.map(({ actual }) => actual.join())).size).toBeGreaterThan(DRIVEN_TICKS / 2);
  expect(unexplained(logbook)).toEqual([]);
  const watch = await readWatch(page);
  expect(watch?.divergence).toBeNull();
  process.stdout.write(summary("200 ms", logbook, await pingOf(page)));
});

test("with 30 ms of jitter and a page that hangs now and then, exactly the late ticks are corrected", {
  timeout: TEST_MILLIS,
}, async ({ open, far }) => {
  const page = await open();
  await enter(page, (await far({ delay: 85, jitter: 30, seed: SEED })).url, "Grace");
  await keepLogbook(page);
  const parts = 6;
  for (let part = 0; part < parts; part += 1) {
    await drive(page, SEED + part, DRIVE_MILLIS / parts);
    await hangUnderway(page, part % 2 === 0 ? "KeyD" : "KeyA");
  }
  // What the last hang made late is told a few ticks later.
  await drive(page, SEED + parts, SETTLE_MILLIS);
  const logbook = await readLogbook(page);
  const wrong = wrongTicks(logbook);
  expect(logbook.entries.length).toBeGreaterThan(DRIVEN_TICKS);
  expect(wrong.length, "corrections, as inputs did come late").toBeGreaterThan(0);
  expect(unexplained(logbook)).toEqual([]);
  expect((await readWatch(page))?.divergence).toBeNull();
  process.stdout.write(summary("200 ms, 30 ms jitter, hangs", logbook, await pingOf(page)));
});

test("a wrong rule in the page is found by the checks of frames within five seconds, and named with both values", async ({
  server,
  open,
}) => {
  const page = await open();
  await page.route("**/rules.js", (route) =>
    route.fulfill({ contentType: "text/javascript", body: WRONG_RULES }),
  );
  await enter(page, server.url, "Eve");
  await page.keyboard.down("KeyD");
  await page.waitForFunction(() => window.orrery.room?.prediction?.divergence, null, {
    polling: 50,
  });
  const watch = await readWatch(page);
  const { divergence } = watch ?? {};
  expect(divergence).toMatchObject({ kind: "ship", field: "vx" });
  expect(divergence?.predicted).not.toBe(divergence?.actual);
  // Ten ticks are a second.
  expect(watch?.confirmations).toBeLessThanOrEqual(50);
  await expect
    .poll(() => page.locator(".divergence").textContent(), PATIENCE)
    .toBe(
      `Tick ${divergence?.tick}: ship.vx is ${divergence?.predicted} here and ${divergence?.actual} on the server.`,
    );
});

/** The real rules, but that ships gain a little speed to the right with every tick. */
const WRONG_RULES = `
  import * as real from "./rules.js?real";
  export * from "./rules.js?real";
  const none = new Int32Array(0);
  export function stepShip(row, inputs, ticks, history) {
    const width = row.length;
    const inputWidth = inputs.length / Math.max(1, ticks);
    for (let tick = 0; tick < ticks; tick += 1) {
      real.stepShip(row, inputs.subarray(tick * inputWidth, (tick + 1) * inputWidth), 1, none);
      row[2] += 1;
      if (history.length > 0) history.set(row, tick * width);
    }
  }`;

/** Presses a key and lets the page do nothing for half a second, as a page does that collects garbage or lays out. */
function hangUnderway(page: Page, key: string): Promise<void> {
  return page.evaluate((pressed) => {
    window.dispatchEvent(new KeyboardEvent("keydown", { code: pressed, key: pressed, bubbles: true }));
    const end = performance.now() + 500;
    while (performance.now() < end);
    window.dispatchEvent(new KeyboardEvent("keyup", { code: pressed, key: pressed, bubbles: true }));
  }, key);
}

function pingOf(page: Page): Promise<number | null> {
  return page.evaluate(() => window.orrery.room?.pingMillis ?? null);
}

function summary(network: string, logbook: Logbook, ping: number | null): string {
  const wrong = wrongTicks(logbook).length;
  return `${network}: ${logbook.entries.length} ticks confirmed, ${wrong} corrected, ${logbook.late.length} late; ping ${ping?.toFixed(0)} ms\n`;
}
