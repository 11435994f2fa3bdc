import type { Room } from "@orrery/client";
import { element, write } from "./dom.ts";

/** What is announced, and how long this harbour stays open: told beside the play, in a corner that no ship sails into. */
export interface Bulletin {
  readonly root: HTMLElement;
  announce(text: string, nowMillis: number): void;
  show(room: Room, nowMillis: number): void;
}

/** Long enough for a long announcement to be read. */
const SHOWN_MILLIS = 12_000;

export function newBulletin(): Bulletin {
  const root = element("div", "bulletin");
  root.setAttribute("role", "status");
  const closing = element("p", "closing");
  // The countdown ticks for the eye only: spoken, it would never fall silent.
  const countdown = element("p", "countdown");
  countdown.setAttribute("aria-hidden", "true");
  const announcement = element("p", "announcement");
  root.append(announcement, closing, countdown);
  let untilMillis = 0;

  return {
    root,
    announce(text, nowMillis) {
      untilMillis = nowMillis + SHOWN_MILLIS;
      write(announcement, text);
    },
    show({ draining }, nowMillis) {
      if (nowMillis >= untilMillis) write(announcement, "");
      write(closing, draining === null ? "" : draining.message || "This harbour closes soon.");
      write(countdown, draining === null ? "" : remaining(draining.deadlineMillis - nowMillis));
    },
  };
}

/** What to say of the time that is left. Pure. */
export function remaining(millis: number): string {
  const seconds = Math.max(0, Math.ceil(millis / 1_000));
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  return `You will be brought to another one within ${minutes}:${String(rest).padStart(2, "0")}.`;
}
