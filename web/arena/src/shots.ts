import type { Actor, GameEvent, Room } from "@orrery/client";
import { element } from "./dom.ts";
import { numberOf } from "./ship.ts";

/** Shells on their way, and for a moment where lances went and things were hit. */
export interface Shots {
  /** Makes the layer show the shells that the room knows. */
  show(room: Room): void;
  happened(event: GameEvent): void;
  clear(): void;
}

interface Shot {
  readonly root: HTMLElement;
  tick: number;
  x: number;
  y: number;
}

const BEAM_MILLIS = 260;
const SPLASH_MILLIS = 420;
const FADE = { opacity: [1, 0] };
const BURST = { opacity: [0.9, 0], scale: [0.2, 1] };
/** Effects at a time; in a storm the oldest go first. */
const MAX_EFFECTS = 60;

export function newShots(layer: HTMLElement): Shots {
  const shells = new Map<number, Shot>();
  const effects: HTMLElement[] = [];

  function put(effect: HTMLElement, frames: Parameters<Element["animate"]>[0], millis: number): void {
    layer.append(effect);
    effects.push(effect);
    if (effects.length > MAX_EFFECTS) effects.shift()?.remove();
    effect.animate(frames, { duration: millis, easing: "ease-out" }).finished.then(
      () => {
        effect.remove();
        const at = effects.indexOf(effect);
        if (at >= 0) effects.splice(at, 1);
      },
      () => undefined,
    );
  }

  function splash(x: number, y: number, kind: "spent" | "hit"): void {
    const drop = element("i", `splash ${kind}`);
    drop.style.left = `${x.toFixed(0)}px`;
    drop.style.top = `${y.toFixed(0)}px`;
    put(drop, BURST, SPLASH_MILLIS);
  }

  function move(shot: Shot, actor: Actor): void {
    if (shot.tick === actor.tick) return;
    shot.tick = actor.tick;
    shot.x = numberOf(actor, "x");
    shot.y = numberOf(actor, "y");
    const turn = numberOf(actor, "heading").toFixed(3);
    shot.root.style.transform = `translate(${shot.x.toFixed(1)}px, ${shot.y.toFixed(1)}px) rotate(${turn}rad)`;
  }

  function launch(actor: Actor): Shot {
    const root = element("i", "shell");
    root.dataset["hue"] = String(numberOf(actor, "hue"));
    layer.append(root);
    return { root, tick: -1, x: 0, y: 0 };
  }

  return {
    show(room) {
      for (const actor of room.actors.values()) {
        if (actor.kind !== "shell") continue;
        let shot = shells.get(actor.id);
        if (shot === undefined) {
          shot = launch(actor);
          shells.set(actor.id, shot);
        }
        move(shot, actor);
      }
      for (const [id, shot] of shells) {
        if (room.actors.has(id)) continue;
        shot.root.remove();
        shells.delete(id);
        splash(shot.x, shot.y, "spent");
      }
    },
    happened({ name, body }) {
      const beam = name === "lanced" ? beamOf(body) : null;
      if (beam === null) return;
      const line = element("i", "beam");
      line.style.width = `${beam.length.toFixed(0)}px`;
      line.style.transform = `translate(${beam.x.toFixed(0)}px, ${beam.y.toFixed(0)}px) rotate(${beam.angle.toFixed(3)}rad)`;
      put(line, FADE, BEAM_MILLIS);
      splash(beam.toX, beam.toY, "hit");
    },
    clear() {
      for (const shot of shells.values()) shot.root.remove();
      shells.clear();
      for (const effect of effects.splice(0)) effect.remove();
    },
  };
}

interface Beam {
  readonly x: number;
  readonly y: number;
  readonly toX: number;
  readonly toY: number;
  readonly length: number;
  readonly angle: number;
}

/** Where a lance went, of what its event says; null if that is nothing. Pure. */
export function beamOf(body: Readonly<Record<string, unknown>>): Beam | null {
  const { x, y, toX, toY } = body;
  if (typeof x !== "number" || typeof y !== "number" || typeof toX !== "number" || typeof toY !== "number") {
    return null;
  }
  return { x, y, toX, toY, length: Math.hypot(toX - x, toY - y), angle: Math.atan2(toY - y, toX - x) };
}
