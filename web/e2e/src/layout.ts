/** What a test asks about the looks of a page: what stands where on the screen. */
import type { Page } from "playwright-core";

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The box of the one visible element that matches; px of the screen. */
export async function boxOf(page: Page, selector: string): Promise<Box> {
  const box = await page.locator(selector).filter({ visible: true }).boundingBox();
  if (box === null) throw new Error(`Nothing that matches ${selector} is visible.`);
  return { left: box.x, top: box.y, right: box.x + box.width, bottom: box.y + box.height };
}

export function isOnScreen(page: Page, { left, top, right, bottom }: Box): boolean {
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  return left >= 0 && top >= 0 && right <= width && bottom <= height;
}

export function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** px by which the page is wider than its screen. Not `innerWidth`: on a phone that grows with what overflows. */
export async function sidewaysOverflow(page: Page): Promise<number> {
  const wide = await page.evaluate(() =>
    Math.max(document.documentElement.scrollWidth, document.body.scrollWidth),
  );
  return wide - (page.viewportSize()?.width ?? 0);
}

/** Names of the players whose ships are on the screen with their whole hulls, in order. */
export function namesInView(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const names = [];
    for (const ship of document.querySelectorAll(".ship:not(.wanderer)")) {
      const hull = ship.querySelector(".hull")?.getBoundingClientRect();
      if (hull === undefined || hull.left < 0 || hull.top < 0) continue;
      if (hull.right <= innerWidth && hull.bottom <= innerHeight) names.push(ship.textContent?.trim() ?? "");
    }
    return names.sort();
  });
}
