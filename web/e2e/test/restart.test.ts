import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, onTestFailed, onTestFinished } from "vitest";
import {
  enter,
  fixWaits,
  keyInwards,
  namesOf,
  ownShip,
  shownAt,
  shownInstance,
  shownMoved,
} from "../src/arena.ts";
import { PATIENCE, test } from "../src/fixtures.ts";
import { startServer } from "../src/server.ts";

function bannerOf(page: Page) {
  return page.getByRole("status").filter({ hasText: /\d of \d/ });
}

test.for([
  ["was killed", "SIGKILL"],
  ["was ended", "SIGTERM"],
] as const)(
  "two pages play on by themselves after their server %s and started again",
  async ([, signal], { folder, open }) => {
    const data = join(folder, signal);
    const first = await startServer({ data });
    onTestFinished(() => first.stop());
    // While it ends it takes nobody any more, and then it is gone.
    const forgive = /503|ERR_CONNECTION_(REFUSED|RESET|CLOSED)|ERR_EMPTY_RESPONSE/;
    const tabs = [await open({ forgive }), await open({ forgive })] as const;
    for (const [index, page] of tabs.entries()) {
      // By chance they might try five times in a few seconds, and a busy machine needs longer than that for a start.
      await fixWaits(page, 0.9);
      await enter(page, first.url, `Pilot ${index}`);
    }
    const [ada, grace] = tabs;
    const before = await shownInstance(ada);

    await first.stop(signal);
    for (const page of tabs) await bannerOf(page).waitFor();

    const second = await startServer({ data, port: first.port });
    onTestFinished(() => second.stop());
    onTestFailed(() => void process.stderr.write(second.output()));
    for (const page of tabs) {
      await page.locator('.hud[data-phase="playing"]').waitFor(PATIENCE);
      await bannerOf(page).waitFor({ state: "detached" });
      await expect.poll(() => namesOf(page), PATIENCE).toEqual(["Pilot 0", "Pilot 1"]);
    }
    const after = await shownInstance(ada);
    expect(after).not.toBe(before);
    expect(await shownInstance(grace)).toBe(after);

    const ship = await ownShip(ada);
    await grace.locator(`[data-actor="${ship}"]`).waitFor({ state: "attached" });
    const from = (await shownAt(grace, ship)) as { x: number; y: number };
    await ada.keyboard.down(await keyInwards(ada));
    await expect.poll(() => shownMoved(grace, ship, from), PATIENCE).toBeGreaterThan(60);
  },
);
