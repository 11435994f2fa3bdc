import type { Divergence, Room, Status } from "@orrery/client";
import { element, write } from "./dom.ts";

/** The corner that tells how the seat is doing. */
export interface Hud {
  readonly root: HTMLElement;
  show(room: Room): void;
}

const WORDS: Readonly<Record<Status["phase"], string>> = {
  joining: "Joining",
  playing: "Under way",
  reconnecting: "Reconnecting",
  refused: "Refused",
  closed: "Ashore",
};

export function newHud(leave: () => void): Hud {
  const root = element("section", "hud");
  root.setAttribute("aria-label", "Connection");
  const status = element("p", "status");
  const list = element("dl", "");
  const ping = reading(list, "Ping", "ping");
  const tick = reading(list, "Tick", "tick");
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
  root.append(status, list, button, divergence);

  return {
    root,
    show(room) {
      root.dataset["phase"] = room.status.phase;
      write(status, WORDS[room.status.phase]);
      const known = room.status.phase === "playing" ? room.pingMillis : null;
      write(ping, known === null ? "–" : `${Math.max(1, Math.round(known))} ms`);
      write(tick, `${room.settings.tickRate} ms`);
      write(players, `${room.players.size}`);
      const watch = room.prediction;
      write(corrections, watch === null ? "–" : `${watch.corrections}`);
      write(drift, watch === null ? "–" : `${Number(watch.drift.toPrecision(2))}`);
      write(divergence, watch?.divergence ? sentence(watch.divergence) : "");
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
