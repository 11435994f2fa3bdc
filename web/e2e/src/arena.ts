/** The arena page as its tests use it. What runs in the page stands in the functions given to `evaluate`. */
import type { Room } from "@orrery/client";
import type { Page } from "playwright-core";

declare global {
  interface Window {
    orrery: { room: Room | null };
    /** Put there by {@link watch}. */
    voyage: Voyage;
    /** Put there by {@link notePhases}. */
    phases: string[];
  }
}

/** Where every actor was at every tick that was told: tick → actor → [x, y]. */
export type Voyage = Record<string, Record<string, readonly [x: number, y: number]>>;

/** Joins under a name and waits until the own ship is on the page; resolves to its actor id. */
export async function enter(
  page: Page,
  url: string,
  name: string,
  query: Readonly<Record<string, string>> = {},
): Promise<number> {
  await page.goto(`${url}/?${new URLSearchParams({ ...query, name })}`);
  await page.locator(".ship.mine").waitFor({ state: "attached" });
  return ownShip(page);
}

export function ownShip(page: Page): Promise<number> {
  return page.evaluate(() => {
    const id = window.orrery.room?.me?.id;
    if (id === undefined) throw new Error("There is no own ship.");
    return id;
  });
}

/** Takes the chance out of how long a page waits before each of its tries: this part of the longest wait. Before it is opened. */
export async function fixWaits(page: Page, part: number): Promise<void> {
  await page.addInitScript((fixed) => {
    Math.random = () => fixed;
  }, part);
}

/** Who plays in a tab, and where; in the words of the server. */
export interface Berth {
  readonly player: string;
  readonly instance: string;
  readonly ship: number;
  readonly hue: number;
}

export function berthOf(page: Page): Promise<Berth> {
  return page.evaluate(() => {
    const { room } = window.orrery;
    if (!room?.me) throw new Error("There is no own ship.");
    const { player, instance, me } = room;
    return { player, instance, ship: me.id, hue: Number(me.fields["hue"]) };
  });
}

/** The instance that a tab says it plays in. */
export function shownInstance(page: Page): Promise<string | null> {
  return page.locator(".hud").getAttribute("data-instance");
}

/** The names of those who play in the tab's instance, in order. */
export function namesOf(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...(window.orrery.room?.players.values() ?? [])].map(({ name }) => name).sort(),
  );
}

/** Writes down from now on every phase that the room turns to. */
export function notePhases(page: Page): Promise<void> {
  return page.evaluate(() => {
    const phases: string[] = [];
    window.phases = phases;
    window.orrery.room?.onStatus(({ phase }) => phases.push(phase));
  });
}

export function phasesOf(page: Page): Promise<string[]> {
  return page.evaluate(() => window.phases);
}

/** Where a ship is shown, in px of the screen from the upper left corner of the chart; null if it is not shown. */
export function shownAt(page: Page, actor: number): Promise<{ x: number; y: number } | null> {
  return page.evaluate((id) => {
    const ship = document.querySelector(`.ship[data-actor="${id}"]`)?.getBoundingClientRect();
    const chart = document.querySelector(".chart")?.getBoundingClientRect();
    return ship && chart ? { x: ship.x - chart.x, y: ship.y - chart.y } : null;
  }, actor);
}

/** How far a ship is now shown from where it was, px of the screen. */
export async function shownMoved(page: Page, actor: number, from: { x: number; y: number }): Promise<number> {
  const now = await shownAt(page, actor);
  return now === null ? Number.NaN : Math.hypot(now.x - from.x, now.y - from.y);
}

/** The key that steers away from the nearer side of the harbour: no berth has an obstacle close by on that way. */
export function keyInwards(page: Page): Promise<"ArrowLeft" | "ArrowRight"> {
  return page.evaluate(() =>
    Number(window.orrery.room?.me?.fields["x"]) < 1000 ? "ArrowRight" : "ArrowLeft",
  );
}

/** Writes down from now on what the server says, tick by tick. */
export function watch(page: Page): Promise<void> {
  return page.evaluate(() => {
    const { room } = window.orrery;
    if (room === null) throw new Error("The page is in no room.");
    window.voyage = {};
    room.onFrame(() => {
      const places = [...room.actors].map(([id, { fields }]) => [id, [fields["x"], fields["y"]]]);
      window.voyage[room.tick] = Object.fromEntries(places);
    });
  });
}

export function watched(page: Page): Promise<Voyage> {
  return page.evaluate(() => window.voyage);
}

/** The ticks that all of them have, in order. */
export function commonTicks(first: Voyage, ...others: readonly Voyage[]): string[] {
  return Object.keys(first).filter((tick) => others.every((voyage) => tick in voyage));
}
