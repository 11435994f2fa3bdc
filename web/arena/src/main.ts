/** The page of the arena: at the quay, or in a room. */
import { JoinError, join, type Room } from "@orrery/client";
import { newEntry } from "./entry.ts";
import { newHelm } from "./helm.ts";
import { newHud } from "./hud.ts";
import { recallName, rememberName } from "./name.ts";
import { newNotice } from "./notice.ts";
import { newScene } from "./scene.ts";
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
const wished = new URLSearchParams(location.search).get("name");
const stage = document.querySelector<HTMLElement>("#stage") ?? document.body;
const entry = newEntry(wished ?? recallName(), (name) => void sail(name));
window.orrery = { room: null };

/** Asks for a seat; the quay stays until there is one. */
async function sail(name: string): Promise<void> {
  rememberName(name);
  entry.wait();
  try {
    play(await join("arena", name === "" ? {} : { name }), name);
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
  const helm = newHelm(room);
  const hud = newHud(() => end(atQuay));
  const notice = newNotice({ retry: () => end(atQuay, () => void sail(name)), back: () => end(atQuay) });
  const hudTimer = setInterval(() => hud.show(room), HUD_MILLIS);

  function end(...next: readonly (() => void)[]): void {
    clearInterval(hudTimer);
    endStatus();
    room.leave();
    scene.remove();
    helm.remove();
    window.orrery.room = null;
    for (const step of next) step();
  }

  const endStatus = room.onStatus((status) => {
    stage.classList.toggle("adrift", status.phase !== "playing");
    notice.show(status);
    hud.show(room);
  });
  stage.classList.remove("adrift");
  hud.show(room);
  stage.replaceChildren(scene.root, helm.root, hud.root, notice.root);
}

atQuay();
if (wished !== null) void sail(wished);
