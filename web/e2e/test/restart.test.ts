import { join } from "node:path";
import { expect, onTestFailed, onTestFinished } from "vitest";
import { enter, keyInwards, ownShip, shownAt, shownMoved } from "../src/arena.ts";
import { PATIENCE, test } from "../src/fixtures.ts";
import { startServer } from "../src/server.ts";

test("a page plays on by itself after its server was killed and started again", async ({ folder, open }) => {
  const data = join(folder, "mortal");
  const first = await startServer({ data });
  onTestFinished(() => first.stop());
  const page = await open({ forgive: /ERR_CONNECTION_(REFUSED|RESET)/ });
  await enter(page, first.url, "Ada");

  await first.stop("SIGKILL");
  const banner = page.getByRole("status").filter({ hasText: /\d of \d/ });
  await banner.waitFor();

  const second = await startServer({ data, port: first.port });
  onTestFinished(() => second.stop());
  onTestFailed(() => void process.stderr.write(second.output()));
  await page.locator('.hud[data-phase="playing"]').waitFor(PATIENCE);
  await banner.waitFor({ state: "detached" });

  const ship = await ownShip(page);
  await expect.poll(() => shownAt(page, ship), PATIENCE).not.toBeNull();
  const from = (await shownAt(page, ship)) as { x: number; y: number };
  await page.keyboard.down(await keyInwards(page));
  await expect.poll(() => shownMoved(page, ship, from), PATIENCE).toBeGreaterThan(60);
});
