import type { Point } from "./camera.ts";
import { element } from "./dom.ts";

/** How far the knob goes, px, and the part of it that means nothing. */
const REACH = 52;
const DEAD = 0.14;

/** What a thumb at (x, y) px from where it came down wants: length 0 to 1. Pure. */
export function pull(x: number, y: number): Point {
  const length = Math.hypot(x, y);
  const strength = (Math.min(length, REACH) / REACH - DEAD) / (1 - DEAD);
  if (length === 0 || strength <= 0) return { x: 0, y: 0 };
  return { x: (x / length) * strength, y: (y / length) * strength };
}

/** A joystick that appears wherever a finger comes down in its zone. */
export function newStick(steer: (direction: Point) => void, signal: AbortSignal): HTMLElement {
  const zone = element("div", "stick-zone");
  const base = element("div", "stick");
  const knob = element("div", "knob");
  base.append(knob);
  zone.append(base);
  zone.setAttribute("role", "application");
  zone.setAttribute("aria-label", "Joystick: drag to steer");

  let finger: number | null = null;
  let start: Point = { x: 0, y: 0 };

  function release(): void {
    if (finger === null) return;
    finger = null;
    base.classList.remove("held");
    base.style.transform = "";
    knob.style.transform = "";
    steer({ x: 0, y: 0 });
  }

  zone.addEventListener("pointerdown", (event) => {
    if (finger !== null || event.pointerType === "mouse") return;
    event.preventDefault();
    finger = event.pointerId;
    start = { x: event.clientX, y: event.clientY };
    zone.setPointerCapture(finger);
    base.classList.add("held");
    base.style.transform = `translate(${start.x}px, ${start.y}px)`;
  });
  zone.addEventListener("pointermove", (event) => {
    if (event.pointerId !== finger) return;
    const x = event.clientX - start.x;
    const y = event.clientY - start.y;
    const shorten = Math.min(1, REACH / Math.max(1, Math.hypot(x, y)));
    knob.style.transform = `translate(${(x * shorten).toFixed(1)}px, ${(y * shorten).toFixed(1)}px)`;
    steer(pull(x, y));
  });
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"] as const) {
    zone.addEventListener(end, (event) => {
      if (event.pointerId === finger) release();
    });
  }
  window.addEventListener("blur", release, { signal });
  document.addEventListener("visibilitychange", release, { signal });
  return zone;
}
