import type { ClosedCode, Status } from "@orrery/client";
import { element, write } from "./dom.ts";

/** What has to be said across the arena: a banner while the way back is sought, a card when there is none. */
export interface Notice {
  readonly root: HTMLElement;
  show(status: Status): void;
}

export interface NoticeChoices {
  retry(): void;
  back(): void;
}

type Words = readonly [heading: string, sentence: string, choice: string];

const ENDS: Readonly<Record<ClosedCode, (message: string) => Words>> = {
  left: (message) => ["Ashore", message, "Set sail again"],
  unreachable: (message) => ["Lost at sea", message, "Try again"],
  "taken-over": () => ["Another hand at the helm", "You play in another tab now.", "Play here anew"],
  kicked: (message) => [
    "Put ashore",
    message || "The harbour master has ended your visit.",
    "Ask to come back",
  ],
  "game-failed": (message) => ["Run aground", message, "Try again"],
};

export function newNotice(choices: NoticeChoices): Notice {
  const root = element("div", "notice");
  const banner = element("p", "banner");
  banner.setAttribute("role", "status");
  const card = element("section", "card");
  card.setAttribute("role", "alertdialog");
  card.setAttribute("aria-label", "The connection has ended");
  const title = element("h2", "");
  const sentence = element("p", "sentence");
  const retry = button("primary", "Try again", choices.retry);
  card.append(title, sentence, retry, button("quiet", "Back to the quay", choices.back));

  /** Only what is to be seen is in the page, so that it is also only then announced. */
  function put(part: HTMLElement | null): void {
    if (part === null) root.replaceChildren();
    else if (part.parentElement !== root) root.replaceChildren(part);
  }

  function say(heading: string, message: string, choice: string): void {
    write(title, heading);
    write(sentence, message);
    write(retry, choice);
    put(card);
    retry.focus();
  }

  return {
    root,
    show(status) {
      switch (status.phase) {
        case "joining":
        case "playing":
          put(null);
          return;
        case "reconnecting":
          write(banner, `Connection lost. Finding the way back, try ${status.attempt} of ${status.limit} …`);
          put(banner);
          return;
        case "refused":
          say("Turned away", status.message, "Try again");
          return;
        case "closed":
          say(...ENDS[status.code](status.message));
          return;
        default:
          status satisfies never;
      }
    },
  };
}

function button(className: string, label: string, press: () => void): HTMLButtonElement {
  const made = element("button", className, label);
  made.type = "button";
  made.addEventListener("click", press);
  return made;
}
