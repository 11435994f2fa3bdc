import type { Divergence, Room, Settings, Status } from "@orrery/client";
import { element, write } from "./dom.ts";
import { shortly } from "./title.ts";

/** The corner that tells how the seat is doing. */
export interface Hud {
  readonly root: HTMLElement;
  show(room: Room): void;
  /** Shows it, and draws the eye to the readings of what is set otherwise now. */
  changed(room: Room): void;
}

const WORDS: Readonly<Record<Status["phase"], string>> = {
  joining: "Joining",
  playing: "Under way",
  reconnecting: "Reconnecting",
  refused: "Refused",
  closed: "Ashore",
};

const FLASH = { color: ["#040c15", "inherit"], backgroundColor: ["#f3d596", "rgb(243 213 150 / 0%)"] };
const FLASH_MILLIS = 2_000;

/** @param predicts whether the own ship is predicted, or glides like the others */
export function newHud(leave: () => void, predicts: boolean): Hud {
  const root = element("section", "hud");
  root.setAttribute("aria-label", "Connection");
  const status = element("p", "status");
  const list = element("dl", "");
  const mode = element("p", "mode", predicts ? "" : "CSS mode");
  const harbour = reading(list, "Harbour", "harbour");
  const ping = reading(list, "Ping", "ping");
  const tick = reading(list, "Tick", "tick");
  const speed = reading(list, "Speed", "speed");
  speed.title = "px in a sixtieth of a second, at full throttle";
  const players = reading(list, "Players", "players");
  const corrections = reading(list, "Corrections", "corrections");
  corrections.title = "Ticks of the own ship that the server had otherwise than predicted here";
  const drift = reading(list, "Drift", "drift");
  drift.title = "Largest difference in the newest tick, in the field's own unit";
  const divergence = element("p", "divergence");
  divergence.setAttribute("role", "alert");
  const button = element("button", "quiet", "Leave");
  button.type = "button";
  button.addEventListener("click", leave);
  root.append(status, mode, list, button, divergence);
  const readings: readonly (readonly [keyof Settings, HTMLElement])[] = [
    ["tickRate", tick],
    ["movementSpeed", speed],
    ["maxPlayers", players],
  ];
  let shown: Settings | null = null;

  function show(room: Room): void {
    const { settings } = room;
    root.dataset["phase"] = room.status.phase;
    root.dataset["instance"] = room.instance;
    if (settings !== shown) root.dataset["settings"] = JSON.stringify(settings);
    shown = settings;
    write(status, WORDS[room.status.phase]);
    const known = room.status.phase === "playing" ? room.pingMillis : null;
    write(harbour, shortly(room.instance));
    write(ping, known === null ? "–" : `${Math.max(1, Math.round(known))} ms`);
    write(tick, `${settings.tickRate} ms`);
    write(speed, `${Number(settings.movementSpeed.toPrecision(3))}`);
    write(players, `${room.players.size} / ${settings.maxPlayers}`);
    const watch = room.prediction;
    write(corrections, watch === null ? "–" : `${watch.corrections}`);
    write(drift, watch === null ? "–" : `${Number(watch.drift.toPrecision(2))}`);
    write(divergence, watch?.divergence ? sentence(watch.divergence) : "");
  }

  return {
    root,
    show,
    changed(room) {
      const before = shown;
      show(room);
      if (before === null) return;
      for (const [name, value] of readings) {
        if (before[name] !== room.settings[name]) value.animate(FLASH, FLASH_MILLIS);
      }
    },
  };
}

/** What a developer must know first when both sides do not compute the same. */
export function sentence({ tick, kind, field, predicted, actual }: Divergence): string {
  return `Tick ${tick}: ${kind}.${field} is ${predicted} here and ${actual} on the server.`;
}

function reading(list: HTMLElement, label: string, name: string): HTMLElement {
  const row = element("div", name);
  const value = element("dd", "", "–");
  row.append(element("dt", "", label), value);
  list.append(row);
  return value;
}
