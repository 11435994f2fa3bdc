import type { Page } from "playwright-core";
import { expect } from "vitest";
import { berthOf, enter, namesOf, shownInstance } from "../src/arena.ts";
import { PATIENCE, test } from "../src/fixtures.ts";

const SEATS = 100;

function noteAnnouncements(page: Page): Promise<void> {
  return page.evaluate(() => {
    const announcements: unknown[] = [];
    Object.assign(window, { announcements });
    window.orrery.room?.onEvent(({ name, body }) => {
      if (name === "announcement") announcements.push(body["text"]);
    });
  });
}

function announcementsOf(page: Page): Promise<unknown> {
  return page.evaluate(() => Reflect.get(window, "announcements"));
}

test("the 101st player is alone in a second harbour", async ({ server, open, hire, operator }) => {
  const [first, second] = [await open(), await open()];
  await enter(first, server.url, "Ada");
  for (let number = 2; number <= SEATS; number += 1) await hire(`Sailor ${number}`);
  await expect.poll(async () => (await namesOf(first)).length, PATIENCE).toBe(SEATS);

  await enter(second, server.url, "Grace");
  const [ada, grace] = [await berthOf(first), await berthOf(second)];
  expect(grace.instance).not.toBe(ada.instance);
  expect(await shownInstance(first)).toBe(ada.instance);
  expect(await shownInstance(second)).toBe(grace.instance);
  expect(await namesOf(second)).toEqual(["Grace"]);
  expect(await namesOf(first)).not.toContain("Grace");
  // Ships that nobody steers cruise in every harbour; pilots' ships bear a name.
  const named = second.locator(".ship:not(.wanderer)");
  await expect.poll(() => named.count(), PATIENCE).toBe(1);
  await expect.poll(() => first.locator(".ship:not(.wanderer)").count(), PATIENCE).toBe(SEATS);

  for (const page of [first, second]) await noteAnnouncements(page);
  await operator.announce(ada.instance, "To the hundred");
  await operator.announce(grace.instance, "To the one");
  await first.locator(".announcement", { hasText: "To the hundred" }).waitFor();
  await second.locator(".announcement", { hasText: "To the one" }).waitFor();
  await operator.announce(ada.instance, "Once more");
  await first.locator(".announcement", { hasText: "Once more" }).waitFor();
  expect(await announcementsOf(first)).toEqual(["To the hundred", "Once more"]);
  expect(await announcementsOf(second)).toEqual(["To the one"]);
});
