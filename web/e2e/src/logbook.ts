/** What the page's prediction did, tick by tick. What runs in the page stands in the functions given to `evaluate`. */
import type { Watch } from "@orrery/client";
import type { Page } from "playwright-core";

export interface Entry {
  readonly tick: number;
  readonly predicted: readonly number[];
  readonly actual: readonly number[];
  /** Whether something beside the own step has changed the ship, as the server says: nobody could predict that. */
  readonly touched: boolean;
}

export interface Logbook {
  readonly entries: readonly Entry[];
  /** Ticks that the server began without an input meant for them. */
  readonly late: readonly number[];
}

declare global {
  interface Window {
    /** Put there by {@link keepLogbook}. */
    logbook: { entries: Entry[]; late: number[] };
  }
}

/** Writes down every confirmed tick from now on, once the own ship is predicted. */
export async function keepLogbook(page: Page): Promise<void> {
  await page.waitForFunction(() => (window.orrery.room?.prediction?.confirmations ?? 0) > 0);
  await page.evaluate(() => {
    const { room } = window.orrery;
    if (room === null) throw new Error("The page is in no room.");
    const logbook: Window["logbook"] = { entries: [], late: [] };
    window.logbook = logbook;
    let acked = room.ack;
    room.onConfirmation(({ tick, predicted, actual, touched }) => {
      logbook.entries.push({ tick, predicted: [...predicted], actual: [...actual], touched });
    });
    // The ack of a tick comes right behind its state and before the next one's.
    room.onFrame(() => {
      if (room.ack === acked) return;
      acked = room.ack;
      if (acked === null) return;
      for (let tick = acked.tick - acked.late; tick < acked.tick; tick += 1) logbook.late.push(tick);
    });
  });
}

export function readLogbook(page: Page): Promise<Logbook> {
  return page.evaluate(() => window.logbook);
}

export function readWatch(page: Page): Promise<Watch | null> {
  return page.evaluate(() => window.orrery.room?.prediction ?? null);
}

/** The ticks whose prediction was not the server's word, in at least one bit, though nothing had touched the ship. */
export function wrongTicks({ entries }: Logbook): number[] {
  return entries
    .filter(({ touched }) => !touched)
    .filter(({ predicted, actual }) => predicted.some((value, index) => value !== actual[index]))
    .map(({ tick }) => tick);
}

/** Corrections for which the server tells of no late input in that tick or since the last one it told of. */
export function unexplained({ entries, late }: Logbook): number[] {
  return wrongTicks({ entries, late }).filter((tick) => {
    const before = entries.findLast((entry) => entry.tick < tick)?.tick ?? tick - 1;
    return !late.some((missed) => missed > before && missed <= tick);
  });
}

/** Frames from a key press of a ship at rest until the ship is shown elsewhere or otherwise. */
export function framesUntilAnswer(page: Page, key: string): Promise<number> {
  return page.evaluate(async (pressed) => {
    const ship = document.querySelector<HTMLElement>(".ship.mine");
    const body = ship?.querySelector<HTMLElement>(".body");
    if (!ship || !body) throw new Error("There is no own ship.");
    const pose = (): string => `${ship.style.transform} ${body.style.transform}`;
    const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
    for (let still = 0, before = pose(); still < 20; still += 1) {
      await frame();
      if (pose() !== before) still = 0;
      before = pose();
    }
    const before = pose();
    window.dispatchEvent(new KeyboardEvent("keydown", { code: pressed, key: pressed, bubbles: true }));
    let frames = 0;
    while (pose() === before && frames < 600) {
      await frame();
      frames += 1;
    }
    window.dispatchEvent(new KeyboardEvent("keyup", { code: pressed, key: pressed, bubbles: true }));
    return frames;
  }, key);
}
