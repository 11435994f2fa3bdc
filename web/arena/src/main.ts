/** The page of the arena: at the quay, or in a room. */
import { JoinError, join, type Room } from "@orrery/client";
import { newBattle } from "./battle.ts";
import { newBulletin } from "./bulletin.ts";
import { newEntry } from "./entry.ts";
import { newHelm } from "./helm.ts";
import { newHud } from "./hud.ts";
import { recallName, rememberName } from "./name.ts";
import { newNotice } from "./notice.ts";
import { prepareReload, takeSailor } from "./reload.ts";
import { newScene } from "./scene.ts";
import { newTitle } from "./title.ts";
import "./style/index.css";

declare global {
  interface Window {
    /**
     * For consoles and tests: the room this page plays in, null at the quay. `room.actors`, `room.me` and `room.tick`
     * are what the server has said; each actor's `tick` is that of its newest word.
     */
    orrery: { room: Room | null };
  }
}

const HUD_MILLIS = 250;
const query = new URLSearchParams(location.search);
const wished = query.get("name") ?? takeSailor(() => sessionStorage);
/** `?predict=off`: nothing is predicted, and CSS glides the own ship like all others. */
const predict = query.get("predict") !== "off";
const stage = document.querySelector<HTMLElement>("#stage") ?? document.body;
const entry = newEntry(wished ?? recallName(), (name) => void sail(name));
window.orrery = { room: null };

/** Asks for a seat; the quay stays until there is one. */
async function sail(name: string): Promise<void> {
  rememberName(name);
  entry.wait();
  try {
    play(await join("arena", { predict, ...(name === "" ? {} : { name }) }), name);
  } catch (error) {
    if (!(error instanceof JoinError)) throw error;
    atQuay(error.message);
  }
}

function atQuay(refusal?: string): void {
  if (entry.root.parentElement !== stage) stage.replaceChildren(entry.root);
  entry.open(refusal);
}

/** Shows the room until it is left; a lost one is joined anew under the same name. */
function play(room: Room, name: string): void {
  window.orrery.room = room;
  const scene = newScene(room, window);
  const helm = newHelm(room, scene.pressed);
  const battle = newBattle();
  const hud = newHud(() => end(atQuay), predict);
  const title = newTitle(room.instance);
  const bulletin = newBulletin();
  const notice = newNotice({ retry: () => end(atQuay, () => void sail(name)), back: () => end(atQuay) });
  const hudTimer = setInterval(showPanels, HUD_MILLIS);
  const left = new AbortController();

  function showPanels(): void {
    hud.show(room);
    battle.show(room);
    bulletin.show(room, performance.now());
    title.show(room.instance);
  }

  function end(...next: readonly (() => void)[]): void {
    clearInterval(hudTimer);
    left.abort();
    for (const stop of listening) stop();
    room.leave();
    scene.remove();
    helm.remove();
    title.remove();
    window.orrery.room = null;
    for (const step of next) step();
  }

  const listening = [
    room.onStatus((status) => {
      stage.classList.toggle("adrift", status.phase !== "playing");
      if (status.phase === "refused" && status.code === "outdated" && reload(name)) return;
      notice.show(status);
      showPanels();
    }),
    room.onSettings(() => hud.changed(room)),
    room.onEvent((event) => {
      scene.happened(event);
      battle.happened(event, room);
      const { text } = event.body;
      if (event.name !== "announcement" || typeof text !== "string") return;
      bulletin.announce(text, performance.now());
      showPanels();
    }),
  ];
  // A page that is closed takes its ship along; one that crashes, or sleeps to be shown again, comes back for it.
  window.addEventListener("pagehide", ({ persisted }) => persisted || room.leave(), { signal: left.signal });
  stage.classList.remove("adrift");
  showPanels();
  stage.replaceChildren(scene.root, battle.root, helm.root, hud.root, bulletin.root, title.root, notice.root);
}

/** Loads the page anew, as the server now plays by other rules; false if that has just been tried. */
function reload(name: string): boolean {
  const prepared = prepareReload(() => sessionStorage, name, Date.now());
  if (prepared) location.reload();
  return prepared;
}

atQuay();
if (wished !== null) void sail(wished);
