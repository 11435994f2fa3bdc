import { expect } from "vitest";
import { berthOf, enter, fixWaits, keyInwards, shownAt, shownMoved } from "../src/arena.ts";
import { PATIENCE, test } from "../src/fixtures.ts";
import { lookOutFor, sightings } from "../src/lookout.ts";
import { CALM } from "../src/network.ts";
import { keepPicture } from "../src/pictures.ts";

/** Fewer than the attempts that a page has, as it counts on while a connection does not hold for long. */
const DROPS = 4;

test("a page whose connection breaks comes back for its ship, again and again", async ({
  server,
  open,
  far,
}) => {
  const network = await far(CALM);
  const [ada, grace] = [await open({ forgive: /WebSocket/ }), await open()];
  // Long enough for others to see the ship without its pilot.
  await fixWaits(ada, 0.5);
  await enter(ada, network.url, "Ada");
  await enter(grace, server.url, "Grace");
  const berth = await berthOf(ada);
  await grace.locator(`[data-actor="${berth.ship}"]`).waitFor({ state: "attached" });
  await lookOutFor(grace, "Ada");

  const looks = ["clear"];
  for (let drop = 0; drop < DROPS; drop += 1) {
    await network.cut();
    looks.push("dim", "clear");
    await expect.poll(async () => (await sightings(grace)).looks, PATIENCE).toEqual(looks);
    await ada.locator('.hud[data-phase="playing"]').waitFor();
    expect(await berthOf(ada)).toEqual(berth);
  }
  const { ships, most } = await sightings(grace);
  expect(ships).toEqual([berth.ship]);
  expect(most).toBe(1);
  expect(await grace.evaluate(() => window.orrery.room?.players.size)).toBe(2);

  const from = (await shownAt(grace, berth.ship)) as { x: number; y: number };
  await ada.keyboard.down(await keyInwards(ada));
  await expect.poll(() => shownMoved(grace, berth.ship, from), PATIENCE).toBeGreaterThan(60);
});

test("while the way back is sought the page says so, and others see the ship dimmed", async ({
  server,
  open,
  far,
}) => {
  const network = await far(CALM);
  const ada = await open({ forgive: /WebSocket|ERR_CONNECTION_REFUSED/ });
  const grace = await open({ viewport: { width: 1600, height: 1200 } });
  const ship = await enter(ada, network.url, "Ada");
  await enter(grace, server.url, "Grace");
  await grace.locator(`[data-actor="${ship}"]`).waitFor({ state: "attached" });

  await network.stop();
  await ada
    .getByRole("status")
    .filter({ hasText: /\d of \d/ })
    .waitFor();
  await ada.locator('.hud[data-phase="reconnecting"]').waitFor();
  await keepPicture(ada, "reconnecting");
  await grace.locator(`.ship.away[data-actor="${ship}"]`).waitFor({ state: "attached" });
  const opacity = (selector: string): Promise<number> =>
    grace.locator(`${selector} .body`).evaluate((body) => Number(getComputedStyle(body).opacity));
  expect(await opacity(".ship.mine")).toBe(1);
  expect(await opacity(`.ship[data-actor="${ship}"]`)).toBeLessThan(0.6);
  await keepPicture(grace, "dimmed");
});
