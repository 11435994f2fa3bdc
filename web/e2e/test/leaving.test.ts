import type { Page } from "playwright-core";
import { expect } from "vitest";
import { enter, namesOf } from "../src/arena.ts";
import { PATIENCE, test } from "../src/fixtures.ts";
import { lookOutFor, sightings } from "../src/lookout.ts";

/** Kills the process of a tab, so that none of its own code can say goodbye. */
async function crash(page: Page): Promise<void> {
  const crashed = page.waitForEvent("crash");
  const devtools = await page.context().newCDPSession(page);
  // Never answered: whoever could answer is gone.
  devtools.send("Page.crash").catch(() => {});
  await crashed;
}

test.for([
  ["is closed", (page: Page) => page.close({ runBeforeUnload: false })],
  ["goes elsewhere", (page: Page) => page.goto("about:blank")],
  ["is left by its button", (page: Page) => page.getByRole("button", { name: "Leave" }).click()],
] as const)("a tab that %s takes its ship along, at once", async ([, end], { server, open }) => {
  const [ada, grace] = [await open(), await open()];
  await enter(ada, server.url, "Ada");
  const ship = await enter(grace, server.url, "Grace");
  const shown = ada.locator(`[data-actor="${ship}"]`);
  await shown.waitFor({ state: "attached" });
  expect(await namesOf(ada)).toEqual(["Ada", "Grace"]);
  const grace0 = await ada.evaluate(() => performance.now());

  await end(grace);

  await expect.poll(() => namesOf(ada), PATIENCE).toEqual(["Ada"]);
  await shown.waitFor({ state: "detached" });
  expect(await ada.locator(".ship.mine").count()).toBe(1);
  // At once means: long before the grace is over.
  expect((await ada.evaluate(() => performance.now())) - grace0).toBeLessThan(20_000);
});

/** Less than what is configured by what the server's ticks and the page's frames may blur. */
const GRACE = { config: "instances.grace = 3s", leastMillis: 2_500 };

test("a tab that crashes leaves its ship dimmed, until the grace is over", async ({ serveWith, open }) => {
  const server = await serveWith(GRACE.config);
  const [ada, grace] = [await open(), await open()];
  await enter(ada, server.url, "Ada");
  const ship = await enter(grace, server.url, "Grace");
  await ada.locator(`[data-actor="${ship}"]`).waitFor({ state: "attached" });
  await lookOutFor(ada, "Grace");

  await crash(grace);

  await expect.poll(async () => (await sightings(ada)).looks, PATIENCE).toEqual(["clear", "dim", "gone"]);
  const { since } = await sightings(ada);
  const [, dimAt = 0, goneAt = 0] = since;
  expect(goneAt - dimAt).toBeGreaterThan(GRACE.leastMillis);
  expect(await namesOf(ada)).toEqual(["Ada"]);
});
