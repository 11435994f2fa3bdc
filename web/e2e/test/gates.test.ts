import type { Page } from "playwright-core";
import { expect } from "vitest";
import {
  berthOf,
  enter,
  keyInwards,
  namesOf,
  notePhases,
  phasesOf,
  shownAt,
  shownInstance,
  shownMoved,
} from "../src/arena.ts";
import { approachGate } from "../src/autopilot.ts";
import { PATIENCE, test } from "../src/fixtures.ts";
import { keepPicture } from "../src/pictures.ts";

/** Releases a key as soon as the page plays elsewhere: who holds it on sails back through the gate. */
function releaseOnArrival(page: Page, key: string): Promise<void> {
  return page.evaluate((held) => {
    const { room } = window.orrery;
    const from = room?.instance;
    const stop = room?.onFrame(() => {
      if (room.instance === from) return;
      stop?.();
      window.dispatchEvent(new KeyboardEvent("keyup", { code: held, key: held, bubbles: true }));
    });
  }, key);
}

test("a gate takes a ship to another harbour, with its pilot and its colour", async ({ server, open }) => {
  const [ada, grace] = [await open(), await open()];
  await enter(ada, server.url, "Ada");
  await enter(grace, server.url, "Grace");
  const from = await berthOf(ada);
  await grace.locator(`[data-actor="${from.ship}"]`).waitFor({ state: "attached" });
  await notePhases(ada);

  const key = await approachGate(ada);
  await keepPicture(ada, "gate-desktop");
  await releaseOnArrival(ada, key);
  await ada.keyboard.down(key);
  await expect.poll(() => shownInstance(ada), PATIENCE).not.toBe(from.instance);
  await ada.keyboard.up(key);
  await ada.locator(".title", { hasText: "Harbour" }).waitFor();
  await keepPicture(ada, "arrived");

  const to = await berthOf(ada);
  expect(to).toMatchObject({ player: from.player, hue: from.hue });
  expect(await shownInstance(ada)).toBe(to.instance);
  expect(await namesOf(ada)).toEqual(["Ada"]);
  await expect.poll(() => namesOf(grace), PATIENCE).toEqual(["Grace"]);
  await grace.locator(`[data-actor="${from.ship}"]`).waitFor({ state: "detached" });
  expect(await shownInstance(grace)).toBe(from.instance);
  expect(await ada.locator(".ship.mine").count()).toBe(1);
  expect(await phasesOf(ada)).toEqual([]);

  const at = (await shownAt(ada, to.ship)) as { x: number; y: number };
  await ada.keyboard.down(await keyInwards(ada));
  await expect.poll(() => shownMoved(ada, to.ship, at), PATIENCE).toBeGreaterThan(60);
  expect(await ada.evaluate(() => window.orrery.room?.prediction?.divergence)).toBeNull();
});

test("a phone shows the gate it comes to", async ({ server, open }) => {
  const page = await open({
    isMobile: true,
    hasTouch: true,
    deviceScaleFactor: 2,
    viewport: { width: 390, height: 844 },
  });
  await enter(page, server.url, "Ada");
  await approachGate(page);
  const boxes = await page.locator(".gate .ring").evaluateAll((rings) =>
    rings.map((ring) => {
      const { left, top, right, bottom } = ring.getBoundingClientRect();
      return left < innerWidth && right > 0 && top < innerHeight && bottom > 0;
    }),
  );
  expect(boxes).toContain(true);
  await keepPicture(page, "gate-phone");
});
