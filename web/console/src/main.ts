/** The operator's page: asks the server once a second, and shows what it says. */
import { type Answer, get, scoped, send } from "./api.ts";
import { newCards } from "./cards.ts";
import { element } from "./dom.ts";
import { ALL, type Known } from "./known.ts";
import { newNodeBar } from "./nodebar.ts";
import { newNotices } from "./notices.ts";
import { newAnnouncePanel, newDrainPanel } from "./orders.ts";
import { newPlayersPanel } from "./players.ts";
import { newTuningPanel } from "./tuning.ts";
import { readInstances, readNode, readPlayers, readSettings } from "./views.ts";
import "./style/index.css";

const REFRESH_MILLIS = 1_000;
/** A page that nobody sees still keeps its traces. */
const HIDDEN_MILLIS = 5_000;
/** One answer that is late is no news. */
const SILENT_AFTER_MILLIS = 2_500;

let scope = ALL;
let answeredAt = performance.now();
let timer = 0;

const notices = newNotices();
const bar = newNodeBar(() => void logOut());
const cards = newCards(choose, () => void openAnother());
const tuning = newTuningPanel((answer) => settle(answer, ""));
const announce = newAnnouncePanel(settle);
const players = newPlayersPanel(settle);
const drain = newDrainPanel(settle);
const panels = [tuning, announce, players, drain];
const bridge = element(
  "div",
  "bridge",
  bar.root,
  element(
    "main",
    "",
    element(
      "div",
      "left",
      cards.root,
      element("div", "orders", element("div", "", announce.root, drain.root), players.root),
    ),
    tuning.root,
  ),
);

/** Everything at once, so that it belongs together; null if the server does not answer, or not as it should. */
async function ask(of: string): Promise<Known | "logged-out" | "gone" | null> {
  const [node, instances, further, seated] = await Promise.all([
    get("/api/v1/node"),
    get("/api/v1/instances"),
    get("/api/v1/settings"),
    of === ALL ? Promise.resolve<Answer>({ kind: "done", value: [] }) : get(scoped(of, "players")),
  ]);
  if ([node, instances, further, seated].some((answer) => answer.kind === "logged-out")) return "logged-out";
  if (node.kind !== "done" || instances.kind !== "done" || further.kind !== "done") return null;
  const read = {
    node: readNode(node.value),
    instances: readInstances(instances.value),
    further: readSettings(further.value),
    players: seated.kind === "done" ? readPlayers(seated.value) : null,
  };
  if (read.node === null || read.instances === null || read.further === null) return null;
  if (of !== ALL && !read.instances.some((instance) => instance.id === of)) return "gone";
  return {
    node: read.node,
    instances: read.instances,
    further: read.further,
    players: read.players ?? [],
    scope: of,
  };
}

async function refresh(): Promise<void> {
  clearTimeout(timer);
  const asked = scope;
  const known = await ask(asked);
  if (known === "logged-out") {
    location.reload(); // the server answers with its login page
    return;
  }
  const now = performance.now();
  if (known === "gone") {
    notices.say(`Instance ${asked} is closed.`, false);
    scope = ALL;
  } else if (known !== null) {
    answeredAt = now;
    if (asked === scope) show(known);
  }
  const silent = now - answeredAt;
  notices.silence(silent > SILENT_AFTER_MILLIS ? silent : null);
  bridge.classList.toggle("adrift", silent > SILENT_AFTER_MILLIS);
  clearTimeout(timer); // two may have been under way
  timer = window.setTimeout(
    () => void refresh(),
    known === "gone" || asked !== scope ? 0 : document.hidden ? HIDDEN_MILLIS : REFRESH_MILLIS,
  );
}

function show(known: Known): void {
  if (!bridge.isConnected) document.body.append(bridge, notices.root);
  bar.show(known.node);
  cards.show(known);
  for (const panel of panels) panel.show(known);
}

function choose(next: string): void {
  scope = next;
  void refresh();
}

/** Says how an order ended, and looks at once what has become of it. */
function settle(answer: Answer, done: string): void {
  switch (answer.kind) {
    case "done":
      if (done !== "") notices.say(done, false);
      break;
    case "refused":
      notices.say(answer.message, true);
      break;
    case "silent":
      notices.say("The server does not answer; whether it was done is not known.", true);
      break;
    case "logged-out":
      location.reload();
      break;
    default:
      answer satisfies never;
  }
  void refresh();
}

async function openAnother(): Promise<void> {
  settle(await send("POST", "/api/v1/instances"), "Another instance is open.");
}

async function logOut(): Promise<void> {
  await send("POST", "/logout");
  location.reload();
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) void refresh();
});
document.body.append(notices.root);
void refresh();
