import { type Answer, scoped, send } from "./api.ts";
import { confirm } from "./confirm.ts";
import { button, element, write } from "./dom.ts";
import { duration, whole } from "./format.ts";
import { ALL, type Known, looked, scopeName } from "./known.ts";

const MAX_TEXT = 500;
const MAX_DRAIN_SECONDS = 86_400;

export interface OrdersPanel {
  readonly root: HTMLElement;
  show(known: Known): void;
}

/** What is said to players, and the end of an instance or of the node. */
export function newAnnouncePanel(settled: (answer: Answer, done: string) => void): OrdersPanel {
  const text = element("textarea", "");
  text.id = "announcement";
  text.rows = 2;
  text.maxLength = MAX_TEXT;
  text.placeholder = "We restart in ten minutes.";
  const label = element("label", "");
  label.htmlFor = text.id;
  const count = element("span", "count");
  const say = element("button", "primary", "Announce");
  say.type = "submit";
  const form = element("form", "", label, text, element("div", "buttons", count, say));
  let scope = ALL;

  function refresh(): void {
    write(count, `${text.value.length} / ${MAX_TEXT}`);
    say.disabled = text.value.trim() === "";
  }

  text.addEventListener("input", refresh);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (say.disabled) return;
    say.disabled = true;
    const answer = await send("POST", scoped(scope, "announce"), { text: text.value });
    if (answer.kind === "done") text.value = "";
    settled(answer, `Announced to ${scopeName(scope)}.`);
    refresh();
  });
  refresh();
  return {
    root: element("section", "panel announce", element("h2", "", "Announce"), form),
    show: (known) => {
      scope = known.scope;
      write(label, `To the players of ${scopeName(scope)}`);
    },
  };
}

export function newDrainPanel(settled: (answer: Answer, done: string) => void): OrdersPanel {
  const seconds = element("input", "number");
  seconds.id = "drain-seconds";
  seconds.type = "number";
  seconds.min = "0";
  seconds.max = String(MAX_DRAIN_SECONDS);
  const label = element("label", "", "Time to leave");
  label.htmlFor = seconds.id;
  const hint = element("p", "hint");
  const drain = button("danger", "Drain…", () => void ask());
  const root = element(
    "section",
    "panel drain",
    element("h2", "", "Drain"),
    hint,
    element("div", "line", label, seconds, element("span", "unit", "s"), drain),
  );
  let known: Known | null = null;
  let touched = false;
  seconds.addEventListener("input", () => {
    touched = true;
    refresh();
  });

  function refresh(): void {
    const value = Number(seconds.value);
    const over = known === null || (known.scope === ALL ? known.node : looked(known))?.phase !== "running";
    drain.disabled = over || seconds.value === "" || !(value >= 0 && value <= MAX_DRAIN_SECONDS);
  }

  async function ask(): Promise<void> {
    if (known === null) return;
    const { scope, node } = known;
    const players = scope === ALL ? node.players : (looked(known)?.players ?? 0);
    const time = duration(Number(seconds.value) * 1000);
    const consequence =
      scope === ALL
        ? `Nobody joins any more, and this cannot be undone: only a restart takes players again. ${whole(players)} players are told, and have ${time} to leave.`
        : `Nobody joins it any more. ${whole(players)} players are told, and have ${time} until it closes; they find a seat elsewhere.`;
    const what = scope === ALL ? "the node" : scopeName(scope);
    if (!(await confirm(`Drain ${what}?`, consequence, `Drain ${what}`))) return;
    const answer = await send("POST", scoped(scope, "drain"), { seconds: Number(seconds.value) });
    settled(answer, `${what.charAt(0).toUpperCase()}${what.slice(1)} drains.`);
  }

  return {
    root,
    show: (next) => {
      known = next;
      if (!touched) seconds.value = String(next.node.drainMillis / 1000);
      write(
        hint,
        next.scope === ALL
          ? "The whole node: it takes nobody any more, and each instance closes when it is empty or the time is over."
          : "This instance: it takes nobody any more, and closes when it is empty or the time is over.",
      );
      refresh();
    },
  };
}
