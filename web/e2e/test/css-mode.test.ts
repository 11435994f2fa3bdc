import { expect } from "vitest";
import { enter, keyInwards, shownAt, shownMoved } from "../src/arena.ts";
import { PATIENCE, test } from "../src/fixtures.ts";
import { keepPicture } from "../src/pictures.ts";

test("a page that predicts nothing plays, and CSS glides all ships", async ({ server, open }) => {
  const [ada, grace] = [await open(), await open()];
  const rules: string[] = [];
  ada.on("request", (request) => {
    if (request.url().endsWith("/rules.js")) rules.push(request.url());
  });
  const ship = await enter(ada, server.url, "Ada", { predict: "off" });
  await enter(grace, server.url, "Grace");
  await ada.locator(".hud .mode", { hasText: "CSS mode" }).waitFor();
  const from = (await shownAt(ada, ship)) as { x: number; y: number };
  await grace.locator(`[data-actor="${ship}"]`).waitFor({ state: "attached" });
  const seenFrom = (await shownAt(grace, ship)) as { x: number; y: number };

  await ada.keyboard.down(await keyInwards(ada));
  await expect.poll(() => shownMoved(ada, ship, from), PATIENCE).toBeGreaterThan(60);
  await expect.poll(() => shownMoved(grace, ship, seenFrom), PATIENCE).toBeGreaterThan(60);
  await keepPicture(ada, "css-mode");

  const glide = await ada.locator(".ship.mine").evaluate((own) => {
    const { transitionProperty, transitionDuration } = getComputedStyle(own);
    return { transitionProperty, seconds: Number.parseFloat(transitionDuration) };
  });
  expect(glide.transitionProperty).toBe("transform");
  // A tick is 100 ms, and so is the smoothing; the network's jitter comes on top.
  expect(glide.seconds).toBeGreaterThanOrEqual(0.1);
  expect(glide.seconds).toBeLessThanOrEqual(0.25);
  expect(await ada.evaluate(() => window.orrery.room?.prediction)).toBeNull();
  expect(await ada.evaluate(() => window.orrery.room?.unreadable)).toBe(0);
  expect(rules).toEqual([]);
});

test("between two words of the server a ship is under way on the screen", async ({ server, open }) => {
  const page = await open();
  await enter(page, server.url, "Ada", { predict: "off" });
  await page.keyboard.down(await keyInwards(page));
  await page.waitForFunction(() => Math.hypot(Number(window.orrery.room?.me?.fields["vx"])) > 15);
  // Many more places than words: otherwise it would jump with each of them.
  const [places, words] = await page.evaluate(async () => {
    const own = document.querySelector(".ship.mine");
    const shown = new Set<string>();
    const heard = new Set<number>();
    for (let frame = 0; frame < 40; frame += 1) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      if (own !== null) shown.add(getComputedStyle(own).transform);
      heard.add(window.orrery.room?.tick ?? 0);
    }
    return [shown.size, heard.size];
  });
  expect(places).toBeGreaterThan(words * 1.5);
});
