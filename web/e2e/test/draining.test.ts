import { expect } from "vitest";
import { berthOf, enter, namesOf, notePhases, phasesOf, shownInstance } from "../src/arena.ts";
import { PATIENCE, test } from "../src/fixtures.ts";
import { boxOf, overlap } from "../src/layout.ts";
import { keepPicture } from "../src/pictures.ts";
import { tap } from "../src/wire.ts";

/** Long enough for a slow page to move in the second half of it, s. */
const DRAIN_SECONDS = 20;

test("pages leave a harbour that closes by themselves, before it does", async ({
  server,
  open,
  operator,
}) => {
  const tabs = [await open(), await open({ viewport: { width: 390, height: 844 } })] as const;
  const [ada, grace] = tabs;
  const wires = tabs.map(tap);
  await enter(ada, server.url, "Ada");
  await enter(grace, server.url, "Grace");
  const { instance } = await berthOf(ada);
  expect(await shownInstance(grace)).toBe(instance);
  for (const page of tabs) await notePhases(page);

  await operator.drain(instance, DRAIN_SECONDS);
  for (const page of tabs) {
    await page.locator(".bulletin .closing").filter({ hasText: /\S/ }).waitFor();
    await page
      .locator(".bulletin .countdown")
      .filter({ hasText: /within 0:\d\d/ })
      .waitFor();
    expect(overlap(await boxOf(page, ".bulletin"), await boxOf(page, ".hud"))).toBe(false);
  }
  await keepPicture(ada, "draining-desktop");
  await keepPicture(grace, "draining-phone");

  for (const page of tabs) {
    await expect.poll(() => shownInstance(page), PATIENCE).not.toBe(instance);
    await expect.poll(() => page.locator(".bulletin .closing").textContent(), PATIENCE).toBe("");
    expect(await phasesOf(page)).toEqual([]);
    expect(await page.locator(".ship.mine").count()).toBe(1);
  }
  const { instance: next } = await berthOf(ada);
  expect(await shownInstance(grace)).toBe(next);
  for (const page of tabs) await expect.poll(() => namesOf(page), PATIENCE).toEqual(["Ada", "Grace"]);
  for (const { heard } of wires) {
    expect(heard.map(({ event }) => event).filter((event) => event === "closed")).toEqual([]);
  }
});
