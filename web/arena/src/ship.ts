import type { Actor, Player } from "@orrery/client";
import { element, svg, write } from "./dom.ts";
import { JUMP, nearestTurn, type Pose } from "./pose.ts";

/**
 * One ship on the page, written at most once a frame. Between the server's words the browser glides it there; the own
 * one is predicted and placed in every frame.
 */
export interface Ship {
  readonly root: HTMLElement;
  show(actor: Actor, pilot: Player | null, mine: boolean): void;
  /** It has been hit. */
  strike(): void;
  /** Its guns or its lance have been fired. */
  flash(): void;
  /** Shows it in this pose until it is placed again; null leaves it to the server's word. */
  place(pose: Pose | null): void;
}

const STRUCK = { filter: ["brightness(3) saturate(0)", "none"] };
const STRUCK_MILLIS = 260;
const FLASHED = { opacity: [1, 0], scale: [0.5, 1.4] };
const FLASH_MILLIS = 160;

/** Speed at which the wake has its full length, px per tick. */
const FULL_WAKE = 24;

const HULL = "M23 0C17 -8.5 3 -11 -13 -9.5Q-17.5 0 -13 9.5C3 11 17 8.5 23 0Z";
const DECK = "M16 0C11 -5 2 -6.8 -10 -5.8Q-12.5 0 -10 5.8C2 6.8 11 5 16 0Z";
const SAIL = "M9 0C2 -3.5 -4 -7.5 -6.5 -13C-3.5 -5 -3.5 5 -6.5 13C-4 7.5 2 3.5 9 0Z";
const WAKE = "M12 -8C-14 -11 -46 -17 -84 -25C-62 -14 -40 -7 -16 0C-40 7 -62 14 -84 25C-46 17 -14 11 12 8Z";
const FLAME = "M-13 -6C-26 -7.5 -34 -3 -46 0C-34 3 -26 7.5 -13 6Z";
const FLAME_CORE = "M-13 -3C-20 -3.5 -25 -1.5 -31 0C-25 1.5 -20 3.5 -13 3Z";

export function newShip(actor: Actor): Ship {
  const root = element("div", "ship");
  root.dataset["actor"] = String(actor.id);
  const wake = svg("path", { class: "wake", d: WAKE });
  const body = element("div", "body");
  body.append(drawing(wake));
  const muzzle = element("i", "muzzle");
  body.append(muzzle);
  const tag = element("span", "tag");
  const bar = element("span", "hullbar");
  const left = element("i", "");
  bar.append(left);
  root.append(body, bar, tag);

  let x = Number.NaN;
  let y = Number.NaN;
  let angle = 0;
  let drawnTick = -1;
  let placed = false;

  function move(actor: Actor): void {
    if (actor.tick === drawnTick) return;
    const toX = numberOf(actor, "x");
    const toY = numberOf(actor, "y");
    angle = nearestTurn(angle, numberOf(actor, "heading"));
    root.classList.toggle("jump", !(Math.hypot(toX - x, toY - y) <= JUMP));
    x = toX;
    y = toY;
    drawnTick = actor.tick;
    root.dataset["tick"] = String(actor.tick);
    if (!placed) turnTo(x, y, angle);
    const speed = Math.hypot(numberOf(actor, "vx"), numberOf(actor, "vy"));
    wake.style.opacity = Math.min(1, speed / FULL_WAKE).toFixed(1);
    const hull = hullOf(actor);
    left.style.width = `${hull}%`;
    bar.dataset["state"] = hull > 60 ? "well" : hull > 30 ? "hurt" : "low";
    root.classList.toggle("hurt", hull < WHOLE && hull > 0);
    root.classList.toggle("sunk", hull === 0);
    root.classList.toggle("shielded", actor.fields["shielded"] === true);
    root.classList.toggle("boosting", numberOf(actor, "boostTicks") > 0);
    root.dataset["hue"] = String(numberOf(actor, "hue"));
  }

  function turnTo(toX: number, toY: number, toAngle: number): void {
    root.style.transform = `translate(${toX.toFixed(2)}px, ${toY.toFixed(2)}px)`;
    body.style.transform = `rotate(${toAngle.toFixed(3)}rad)`;
  }

  return {
    root,
    strike() {
      body.animate(STRUCK, STRUCK_MILLIS);
    },
    flash() {
      muzzle.animate(FLASHED, FLASH_MILLIS);
    },
    place(pose) {
      placed = pose !== null;
      root.classList.toggle("placed", placed);
      if (pose !== null) turnTo(pose.x, pose.y, pose.angle);
    },
    show(actor, pilot, mine) {
      move(actor);
      write(tag, pilot?.name ?? "");
      root.classList.toggle("wanderer", pilot === null);
      root.classList.toggle("away", pilot?.away === true);
      root.classList.toggle("mine", mine);
    },
  };
}

function drawing(wake: SVGPathElement): SVGSVGElement {
  return svg(
    "svg",
    { viewBox: "-94 -47 188 94", width: 160, height: 80, "aria-hidden": "true" },
    wake,
    svg("g", { class: "flame" }, svg("path", { d: FLAME }), svg("path", { class: "core", d: FLAME_CORE })),
    svg("path", { class: "hull", d: HULL }),
    svg("path", { class: "deck", d: DECK }),
    svg("path", { class: "sail", d: SAIL }),
    svg("circle", { class: "mast", cx: 0, cy: 0, r: 1.8 }),
  );
}

export const WHOLE = 100;

/** What is left of a ship, 0 to 100; a server whose ships have no hull harms none. */
export function hullOf(actor: Actor): number {
  const hull = actor.fields["hull"];
  return typeof hull === "number" ? hull : WHOLE;
}

/** A field that has to be a number; 0 where the server's ships have none of that name. */
export function numberOf(actor: Actor, field: string): number {
  const value = actor.fields[field];
  return typeof value === "number" ? value : 0;
}
