import { expect } from "vitest";
import { berthOf, enter, namesOf, shownInstance } from "../src/arena.ts";
import { PATIENCE, test } from "../src/fixtures.ts";

const SEATS = 100;

test("the 101st player is alone in a second harbour", async ({ server, open, hire }) => {
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
});
