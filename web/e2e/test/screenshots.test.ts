import type { Page } from "playwright-core";
import { expect } from "vitest";
import { enter } from "../src/arena.ts";
import type { PlainActor } from "../src/clients/plain-client.mjs";
import { type Helm, isInRow, steerConvoy } from "../src/convoy.ts";
import { newFinger } from "../src/finger.ts";
import { PATIENCE, test } from "../src/fixtures.ts";
import { boxOf, isOnScreen, namesInView, overlap, sidewaysOverflow } from "../src/layout.ts";
import { takePicture } from "../src/pictures.ts";

const PHONE = { isMobile: true, hasTouch: true, deviceScaleFactor: 2 };

/** Ships sail from their berths to the island, against obstacles on their way. */
const VOYAGE = { timeout: 90_000, interval: 50 };

type Hire = (
  name: string,
  onTick?: (tick: number, actors: ReadonlyMap<number, PlainActor>) => void,
) => Promise<Helm>;

/** Joins the tab's own ship with those of two plain players, and waits until the three sail in a row. */
async function sailInRow(page: Page, ship: number, hire: Hire): Promise<void> {
  const helms: Helm[] = [];
  let inRow = false;
  helms.push({
    ship,
    // The tab may be closed while a tick still wants it to steer.
    steer: (x, y) =>
      page.evaluate(([x, y]) => window.orrery.room?.steer(x, y), [x, y] as const).catch(() => {}),
  });
  helms.push(await hire("Grace"));
  helms.push(
    await hire("Linus", (tick, actors) => {
      steerConvoy(helms, tick, actors);
      inRow = helms.length === 3 && isInRow(helms, tick, actors);
    }),
  );
  await expect.poll(() => inRow, VOYAGE).toBe(true);
}

async function expectWellLaidOut(page: Page, controls: readonly string[]): Promise<void> {
  expect(await sidewaysOverflow(page)).toBe(0);
  const boxes = [];
  for (const selector of controls) boxes.push({ selector, box: await boxOf(page, selector) });
  for (const [index, { selector, box }] of boxes.entries()) {
    expect(isOnScreen(page, box), `${selector} is on the screen`).toBe(true);
    for (const other of boxes.slice(index + 1)) {
      expect(overlap(box, other.box), `${selector} and ${other.selector} overlap`).toBe(false);
    }
  }
}

test("on a desktop", async ({ server, open, hire, folder }) => {
  const page = await open();
  const ship = await enter(page, server.url, "Ada");
  await sailInRow(page, ship, hire);

  await expect.poll(() => namesInView(page), PATIENCE).toEqual(["Ada", "Grace", "Linus"]);
  await takePicture(page, "arena-desktop", folder);

  await expectWellLaidOut(page, [".hud", ".minimap"]);
  expect(await page.locator(".boost").isVisible()).toBe(false);
});

test.for([
  ["arena-phone", 390, 844],
  ["arena-phone-landscape", 844, 390],
] as const)("on a phone: %s", async ([name, width, height], { server, open, hire, folder }) => {
  const page = await open({ ...PHONE, viewport: { width, height } });
  const ship = await enter(page, server.url, "Ada");
  await sailInRow(page, ship, hire);

  const stick = page.locator(".stick");
  const shown = () => stick.evaluate((element) => Number(getComputedStyle(element).opacity));
  expect(await shown()).toBe(0);
  const finger = await newFinger(page);
  const [x, y] = [width * 0.24, height - 110];
  await finger.down(x, y);
  await finger.move(x + 30, y - 36);
  await expect.poll(shown, PATIENCE).toBe(1);
  expect(await namesInView(page)).toContain("Ada");
  await takePicture(page, name, folder);

  await expectWellLaidOut(page, [".hud", ".minimap", ".boost", ".stick"]);
  await finger.up();
  await expect.poll(shown, PATIENCE).toBe(0);
});
