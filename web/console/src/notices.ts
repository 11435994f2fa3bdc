import { element, write } from "./dom.ts";
import { duration } from "./format.ts";

const SHOWN_MILLIS = 6_000;

export interface Notices {
  readonly root: HTMLElement;
  /** Says once how something ended. */
  say(text: string, bad: boolean): void;
  /** How long the server has not answered; null if it does. */
  silence(lastedMillis: number | null): void;
}

/** What has just happened, and that nothing does any more. */
export function newNotices(): Notices {
  const told = element("p", "told");
  told.setAttribute("role", "status");
  const silent = element("p", "silent");
  silent.setAttribute("role", "alert");
  let timer = 0;
  return {
    root: element("div", "notices", silent, told),
    say: (text, bad) => {
      told.classList.toggle("bad", bad);
      write(told, text);
      clearTimeout(timer);
      timer = window.setTimeout(() => write(told, ""), SHOWN_MILLIS);
    },
    silence: (lasted) => {
      const text =
        lasted === null
          ? ""
          : `The server has not answered for ${duration(lasted)}. What you see is old; this page goes on trying.`;
      write(silent, text);
    },
  };
}
