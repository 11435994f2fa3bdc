/** Two ships that fight, sailed by script as a hand would: towards open water, then at each other. */
import type { Page } from "playwright-core";

declare global {
  interface Window {
    /** Put there by {@link watchHull}: tick → hull of the ship that is watched. */
    hulls: Record<string, number>;
  }
}

/** Steers towards a place; resolves to how far it still is, px. */
export function sailTo(page: Page, x: number, y: number): Promise<number> {
  return page.evaluate(
    ([toX, toY]) => {
      const { room } = window.orrery;
      if (!room?.me) throw new Error("There is no own ship.");
      const dx = toX - Number(room.me.fields["x"]);
      const dy = toY - Number(room.me.fields["y"]);
      const distance = Math.hypot(dx, dy);
      const throttle = Math.min(1, distance / 60) / Math.max(1, distance);
      room.steer(dx * throttle, dy * throttle);
      return distance;
    },
    [x, y] as const,
  );
}

/** Turns towards another ship, and keeps a distance that is easy to shoot over; resolves to it, px. */
export function aimAt(page: Page, target: number): Promise<number> {
  return page.evaluate((id) => {
    const { room } = window.orrery;
    const foe = room?.actors.get(id);
    if (!room?.me || foe === undefined) throw new Error("One of the two ships is gone.");
    const dx = Number(foe.fields["x"]) - Number(room.me.fields["x"]);
    const dy = Number(foe.fields["y"]) - Number(room.me.fields["y"]);
    const distance = Math.hypot(dx, dy);
    const throttle = distance > 220 ? 1 : 0.05;
    room.steer((throttle * dx) / distance, (throttle * dy) / distance);
    return distance;
  }, target);
}

/** Writes down from now on what is left of a ship, tick by tick as the server says. */
export function watchHull(page: Page, ship: number): Promise<void> {
  return page.evaluate((id) => {
    window.hulls = {};
    const { room } = window.orrery;
    room?.onFrame(() => {
      const hull = room.actors.get(id)?.fields["hull"];
      if (typeof hull === "number") window.hulls[room.tick] = hull;
    });
  }, ship);
}

export function hullsOf(page: Page): Promise<Record<string, number>> {
  return page.evaluate(() => window.hulls);
}

/** What is left of a ship, as the tab knows. */
export function hullIn(page: Page, ship: number): Promise<number> {
  return page.evaluate((id) => Number(window.orrery.room?.actors.get(id)?.fields["hull"]), ship);
}
