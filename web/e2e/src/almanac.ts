/** Which settings a tab plays by, tick by tick. What runs in the page stands in the functions given to `evaluate`. */
import type { Settings } from "@orrery/client";
import type { Page } from "playwright-core";

/** What a tab knew right after the server's word on a tick. */
export interface Day {
  readonly tick: number;
  /** When that word came, ms. */
  readonly atMillis: number;
  readonly settings: Settings;
  /** Speed of the own ship, px per tick. */
  readonly speed: number;
}

declare global {
  interface Window {
    /** Put there by {@link keepAlmanac}. */
    almanac: Day[];
  }
}

/** Writes down every tick from now on. */
export function keepAlmanac(page: Page): Promise<void> {
  return page.evaluate(() => {
    const { room } = window.orrery;
    if (room === null) throw new Error("The page is in no room.");
    const almanac: Day[] = [];
    window.almanac = almanac;
    room.onFrame(() => {
      const { tick, settings, me } = room;
      if (tick === almanac.at(-1)?.tick) return;
      const speed = Math.hypot(Number(me?.fields["vx"]), Number(me?.fields["vy"]));
      almanac.push({ tick, atMillis: performance.now(), settings, speed });
    });
  });
}

export function readAlmanac(page: Page): Promise<Day[]> {
  return page.evaluate(() => window.almanac);
}

/** The server is silent for longer than this only where it or the page hangs: then the clock tells what holds. */
const STILL_MILLIS = 300;

/** The ticks at which other settings held than those announced for {@link atTick}, and those that held until then. */
export function wrongDays(almanac: readonly Day[], before: Settings, after: Settings, atTick: number): Day[] {
  return almanac.filter(({ tick, settings, atMillis }, index) => {
    if (same(settings, tick < atTick ? before : after)) return false;
    const next = almanac[index + 1]?.atMillis ?? Number.POSITIVE_INFINITY;
    const last = almanac[index - 1]?.atMillis ?? atMillis;
    return tick >= atTick || Math.max(next - atMillis, atMillis - last) < STILL_MILLIS;
  });
}

/** Milliseconds from one tick to the next, as they came in from {@link fromTick} on. */
export function pace(almanac: readonly Day[], fromTick: number): number {
  const since = almanac.filter(({ tick }) => tick >= fromTick);
  const [first, last] = [since[0], since.at(-1)];
  if (first === undefined || last === undefined) return Number.NaN;
  return (last.atMillis - first.atMillis) / (last.tick - first.tick);
}

function same(a: Settings, b: Settings): boolean {
  return (Object.keys(a) as (keyof Settings)[]).every((name) => a[name] === b[name]);
}
