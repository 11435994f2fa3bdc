import type { Page } from "playwright-core";
import { expect } from "vitest";
import { enter } from "../src/arena.ts";
import { PATIENCE, test } from "../src/fixtures.ts";

/** Kills the process of a tab, so that none of its own code can say goodbye. */
async function crash(page: Page): Promise<void> {
  const crashed = page.waitForEvent("crash");
  const devtools = await page.context().newCDPSession(page);
  // Never answered: whoever could answer is gone.
  devtools.send("Page.crash").catch(() => {});
  await crashed;
}

test.for([
  ["crashes", crash],
  ["is closed", (page: Page) => page.close({ runBeforeUnload: false })],
] as const)("a tab that %s takes its ship along", async ([, end], { server, open }) => {
  const [ada, grace] = [await open(), await open()];
  await enter(ada, server.url, "Ada");
  const ship = await enter(grace, server.url, "Grace");
  const shown = ada.locator(`[data-actor="${ship}"]`);
  const known = (): Promise<[boolean | undefined, string[]]> =>
    ada.evaluate((id) => {
      const { room } = window.orrery;
      return [room?.actors.has(id), [...(room?.players.values() ?? [])].map((player) => player.name)];
    }, ship);
  await shown.waitFor({ state: "attached" });
  expect(await known()).toEqual([true, ["Ada", "Grace"]]);

  await end(grace);

  await expect.poll(known, PATIENCE).toEqual([false, ["Ada"]]);
  await shown.waitFor({ state: "detached" });
  expect(await ada.locator(".ship.mine").count()).toBe(1);
});
