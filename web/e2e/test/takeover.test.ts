import { io, type Socket } from "socket.io-client";
import { expect, onTestFinished } from "vitest";
import { berthOf, enter, namesOf } from "../src/arena.ts";
import { PATIENCE, test } from "../src/fixtures.ts";
import { keepPicture } from "../src/pictures.ts";
import { newestSession, tap } from "../src/wire.ts";

/** Longer than a page that came back by itself would wait before its first attempt: that is a second at most. */
const THREE_SECONDS_OF_TICKS = 30;

test("who is taken over is told so, and comes back only at a press of the button", async ({
  server,
  open,
}) => {
  const page = await open();
  const wire = tap(page);
  await enter(page, server.url, "Ada");
  const { player, ship } = await berthOf(page);

  const { namespace, session } = newestSession(wire);
  const thief: Socket = io(server.url + namespace, {
    auth: { session },
    transports: ["websocket"],
    reconnection: false,
  });
  onTestFinished(() => void thief.disconnect());
  let welcome: unknown;
  let ticks = 0;
  thief.on("welcome", (body: unknown) => {
    welcome = body;
  });
  thief.on("update", () => {
    ticks += 1;
  });
  await expect.poll(() => welcome, PATIENCE).toMatchObject({ player, actor: ship });

  const card = page.getByRole("alertdialog");
  await card.getByRole("heading", { name: "Another hand at the helm" }).waitFor();
  const again = card.getByRole("button", { name: "Play here anew" });
  expect(await again.evaluate((button) => document.activeElement === button)).toBe(true);
  await keepPicture(page, "taken-over");
  const until = ticks + THREE_SECONDS_OF_TICKS;
  await expect.poll(() => ticks, PATIENCE).toBeGreaterThan(until);
  expect(await page.locator(".hud").getAttribute("data-phase")).toBe("closed");
  expect(wire.connections).toBe(1);
  expect(thief.connected).toBe(true);
  expect(wire.heard.filter(({ event }) => event === "closed").map(({ body }) => body)).toMatchObject([
    { code: "taken-over" },
  ]);

  await again.click();
  await page.locator('.hud[data-phase="playing"]').waitFor();
  await page.locator(".ship.mine").waitFor({ state: "attached" });
  expect(await namesOf(page)).toContain("Ada");
  expect(wire.connections).toBe(2);
});

test("who is put ashore by the operator is told so, and does not come back", async ({
  server,
  open,
  operator,
}) => {
  const [ada, grace] = [await open(), await open()];
  const wire = tap(ada);
  await enter(ada, server.url, "Ada");
  await enter(grace, server.url, "Grace");
  const { instance, player, ship } = await berthOf(ada);
  await grace.locator(`[data-actor="${ship}"]`).waitFor({ state: "attached" });

  await operator.kick(instance, player);

  await ada.getByRole("alertdialog").getByRole("heading", { name: "Put ashore" }).waitFor();
  await grace.locator(`[data-actor="${ship}"]`).waitFor({ state: "detached" });
  const tick = await grace.evaluate(() => window.orrery.room?.tick ?? 0);
  await grace.waitForFunction(
    (until) => (window.orrery.room?.tick ?? 0) > until,
    tick + THREE_SECONDS_OF_TICKS,
  );
  expect(wire.connections).toBe(1);
  expect(await namesOf(grace)).not.toContain("Ada");
});
