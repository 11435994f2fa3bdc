import { expect } from "vitest";
import { enter } from "../src/arena.ts";
import { aimAt, hullIn, hullsOf, sailTo, watchHull } from "../src/duel.ts";
import { PATIENCE, test } from "../src/fixtures.ts";

/** Open water, with nothing between the two places. */
const HERE = [690, 490] as const;
const THERE = [690, 900] as const;
const ROUNDS = 400;

test("one sinks the other: both tabs see the same hull at the same ticks, and the sunk ship is afloat again", async ({
  server,
  open,
}) => {
  const [ada, bob] = [await open(), await open()];
  await enter(ada, server.url, "Ada");
  const target = await enter(bob, server.url, "Bob");
  await Promise.all([watchHull(ada, target), watchHull(bob, target)]);
  for (let round = 0; round < ROUNDS; round += 1) {
    const left = [await sailTo(ada, ...HERE), await sailTo(bob, ...THERE)];
    if (Math.max(...left) < 60) break;
    await ada.waitForTimeout(50);
  }

  await ada.keyboard.down("KeyF");
  let round = 0;
  for (; round < ROUNDS && (await hullIn(ada, target)) > 0; round += 1) {
    await aimAt(ada, target);
    await sailTo(bob, ...THERE);
    if (round % 10 === 0) await ada.keyboard.press("KeyE");
    await ada.waitForTimeout(50);
  }
  await ada.keyboard.up("KeyF");
  expect(round, "rounds that it took").toBeLessThan(ROUNDS);

  await expect.poll(() => bob.locator(".fate").textContent(), PATIENCE).toMatch(/^Sunk by /);
  expect(await bob.locator(".ship.mine").getAttribute("class")).toContain("sunk");
  await expect.poll(() => hullIn(bob, target), PATIENCE).toBe(100);
  await expect.poll(() => bob.locator(".fate").textContent(), PATIENCE).toBe("");
  await expect.poll(() => ada.locator(".board .mine b").textContent(), PATIENCE).toMatch(/^[1-9]\d$/);

  const [byAda, byBob] = [await hullsOf(ada), await hullsOf(bob)];
  const ticks = Object.keys(byAda).filter((tick) => tick in byBob);
  for (const tick of ticks) expect(byBob[tick], `hull at tick ${tick}`).toBe(byAda[tick]);
  const seen = new Set(ticks.map((tick) => byAda[tick]));
  expect(seen.has(0) && seen.has(100) && seen.size > 4, `hulls ${[...seen]}`).toBe(true);
  for (const page of [ada, bob]) {
    const watch = await page.evaluate(() => window.orrery.room?.prediction);
    expect(watch?.divergence, "what nobody can explain").toBeNull();
    expect(watch?.touches).toBeGreaterThan(0);
  }
});
