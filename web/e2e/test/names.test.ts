import type { Page } from "playwright-core";
import { expect } from "vitest";
import { enter, namesOf, ownShip } from "../src/arena.ts";
import { PATIENCE, test } from "../src/fixtures.ts";
import { boxOf, isOnScreen, sidewaysOverflow } from "../src/layout.ts";
import { keepPicture } from "../src/pictures.ts";

const [RTL_OVERRIDE, RTL_ISOLATE, JOINER] = ["\u202e", "\u2067", "\u200d"];
const ZALGO = [..."Ada"].map((letter) => letter + "\u030d\u0337\u0353\u0489".repeat(40)).join("");
const PILOT = ["👩", "🚀"].join(JOINER);
const SCRIPT = "<img src=x onerror=h()>";

/** What players call themselves, and what is shown of it. */
const NAMES = [
  ["an image with a script", SCRIPT, SCRIPT],
  ["an image with a longer script", "<img src=x onerror=window.hacked=1>", "<img src=x onerror=windo"],
  ["an ampersand and quotes", `&lt;b&gt; "Ada's"`, `&lt;b&gt; "Ada's"`],
  ["a turn from right to left", `${RTL_OVERRIDE}adA${RTL_ISOLATE} bla`, "adA bla"],
  ["heaps of marks", ZALGO, "A\u030d\u0337d\u030d\u0337a\u030d\u0337"],
  ["24 emoji with joiners", PILOT.repeat(24), "👩🚀".repeat(12)],
  ["the widest letters", "𒐫".repeat(30), "𒐫".repeat(24)],
  ["lines", "Ada\nGrace\r\u2028Linus", "AdaGraceLinus"],
] as const;

/** A line of a tag with room for marks, and the widest that 24 of the widest letters may be; px. */
const TAG_HEIGHT = 60;
const TAG_WIDTH = 700;

/** The hostile names call this, should they ever run. */
async function layTrap(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Object.assign(window, { h: () => Object.assign(window, { hacked: 1 }) });
  });
}

async function expectTextOnly(page: Page, ship: number, what: string, shown: string): Promise<void> {
  const tag = page.locator(`.ship[data-actor="${ship}"] .tag`);
  await expect.poll(() => tag.textContent(), { ...PATIENCE, message: what }).toBe(shown);
  const { kinds, width, height } = await tag.evaluate((element) => {
    const { width, height } = element.getBoundingClientRect();
    return { kinds: [...element.childNodes].map((node) => node.nodeType), width, height };
  });
  expect(kinds, `${what} is a text and no element`).toEqual([3]);
  expect(height, `height of ${what}`).toBeLessThan(TAG_HEIGHT);
  expect(width, `width of ${what}`).toBeLessThan(TAG_WIDTH);
}

async function expectIntact(page: Page): Promise<void> {
  expect(await page.locator("img").count()).toBe(0);
  expect(await sidewaysOverflow(page)).toBe(0);
  for (const part of [".hud", ".minimap"]) expect(isOnScreen(page, await boxOf(page, part)), part).toBe(true);
  expect(await page.evaluate(() => "hacked" in window)).toBe(false);
}

test("whatever players call themselves is text that others can live with", async ({ server, open, hire }) => {
  const [ada, eve] = [await open(), await open()];
  for (const page of [ada, eve]) await layTrap(page);
  await enter(ada, server.url, "Ada");
  await enter(eve, server.url, SCRIPT);

  for (const [what, name, shown] of NAMES) {
    const { ship } = await hire(name);
    await expectTextOnly(ada, ship, what, shown);
  }
  await expect.poll(async () => (await namesOf(eve)).length, PATIENCE).toBe(NAMES.length + 2);
  await expectTextOnly(eve, await ownShip(eve), "the own name", SCRIPT);
  for (const page of [ada, eve]) await expectIntact(page);
  await keepPicture(ada, "names");
});

test("a name from the address is text at the quay too", async ({ server, open }) => {
  const page = await open();
  await layTrap(page);
  await enter(page, server.url, SCRIPT);
  await page.getByRole("button", { name: "Leave" }).click();
  expect(await page.getByLabel("Your name").inputValue()).toBe(SCRIPT);
  expect(await page.locator("img").count()).toBe(0);
  expect(await page.evaluate(() => "hacked" in window)).toBe(false);
});
