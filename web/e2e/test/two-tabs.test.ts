import { expect } from "vitest";
import {
  commonTicks,
  enter,
  keyInwards,
  shownAt,
  shownMoved,
  type Voyage,
  watch,
  watched,
} from "../src/arena.ts";
import { PATIENCE, test } from "../src/fixtures.ts";

/** Far more than a ship drifts, and less than the way to the nearest obstacle; px of the screen. */
const MOVED = 60;
const COMPARED_TICKS = 30;

test("each of two tabs sees both ships move", async ({ server, open }) => {
  const tabs = [await open(), await open()];
  const ships = [];
  for (const [index, page] of tabs.entries()) ships.push(await enter(page, server.url, `Pilot ${index}`));

  for (const [index, driver] of tabs.entries()) {
    const ship = ships[index] as number;
    const shown = [];
    for (const page of tabs) {
      await page.locator(`[data-actor="${ship}"]`).waitFor({ state: "attached" });
      shown.push((await shownAt(page, ship)) as { x: number; y: number });
    }
    const key = await keyInwards(driver);
    await driver.keyboard.down(key);
    for (const [index, page] of tabs.entries()) {
      const from = shown[index] as { x: number; y: number };
      await expect.poll(() => shownMoved(page, ship, from), PATIENCE).toBeGreaterThan(MOVED);
    }
    await driver.keyboard.up(key);
  }
});

test("two tabs and a plain client know the same places at the same ticks", async ({ server, open, hire }) => {
  const [ada, grace] = [await open(), await open()];
  const ships = [await enter(ada, server.url, "Ada"), await enter(grace, server.url, "Grace")];
  const plain: Voyage = {};
  const ken = await hire("Ken", (tick, actors) => {
    plain[tick] = Object.fromEntries([...actors].map(([id, { x, y }]) => [id, [x, y]]));
  });
  ships.push(ken.ship);
  await Promise.all([watch(ada), watch(grace)]);

  await ada.keyboard.down(await keyInwards(ada));
  await grace.keyboard.down(await keyInwards(grace));
  ken.steer(0.5, 0.25);
  const voyages = (): Promise<[Voyage, Voyage, Voyage]> => Promise.all([plain, watched(ada), watched(grace)]);
  await expect
    .poll(async () => commonTicks(...(await voyages())).length, PATIENCE)
    .toBeGreaterThanOrEqual(COMPARED_TICKS);

  const [byKen, byAda, byGrace] = await voyages();
  const ticks = commonTicks(byKen, byAda, byGrace);
  for (const tick of ticks) {
    expect(byAda[tick], `Ada's view of tick ${tick}`).toEqual(byKen[tick]);
    expect(byGrace[tick], `Grace's view of tick ${tick}`).toEqual(byKen[tick]);
  }
  for (const ship of ships) {
    const places = new Set(ticks.map((tick) => String(byKen[tick]?.[ship])));
    expect(places.size, `places of ship ${ship}`).toBeGreaterThan(COMPARED_TICKS / 2);
  }
});
