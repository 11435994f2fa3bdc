/** What a tab shows of one player over time. What runs in the page stands in the functions given to `evaluate`. */
import type { Page } from "playwright-core";

declare global {
  interface Window {
    /** Put there by {@link lookOutFor}. */
    lookout: { looks: ("clear" | "dim" | "gone")[]; since: number[]; ships: number[]; most: number };
  }
}

export interface Sightings {
  /** How the player's ship looked, one entry for each change. */
  readonly looks: readonly ("clear" | "dim" | "gone")[];
  /** When each of these began, ms. */
  readonly since: readonly number[];
  /** Ids of all ships that bore the player's name. */
  readonly ships: readonly number[];
  /** The most of them that there were at once. */
  readonly most: number;
}

/** Notes down from now on how the ship of the player with this name is shown, whenever the page shows it otherwise. */
export function lookOutFor(page: Page, name: string): Promise<void> {
  return page.evaluate((wanted) => {
    const fleet = document.querySelector(".ships");
    if (fleet === null) throw new Error("The page shows no ships.");
    const lookout: Window["lookout"] = { looks: [], since: [], ships: [], most: 0 };
    window.lookout = lookout;
    const look = (): void => {
      const all = [...fleet.querySelectorAll<HTMLElement>(".ship")];
      const seen = all.filter((ship) => ship.textContent?.trim() === wanted);
      const now = seen.length === 0 ? "gone" : seen.some((ship) => ship.matches(".away")) ? "dim" : "clear";
      if (lookout.looks.at(-1) !== now) {
        lookout.looks.push(now);
        lookout.since.push(performance.now());
      }
      lookout.most = Math.max(lookout.most, seen.length);
      for (const { dataset } of seen) {
        const id = Number(dataset["actor"]);
        if (!lookout.ships.includes(id)) lookout.ships.push(id);
      }
    };
    look();
    new MutationObserver(look).observe(fleet, {
      subtree: true,
      childList: true,
      characterData: true,
      attributeFilter: ["class"],
    });
  }, name);
}

export function sightings(page: Page): Promise<Sightings> {
  return page.evaluate(() => window.lookout);
}
