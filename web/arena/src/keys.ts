import type { Button } from "@orrery/client";
import type { Point } from "./camera.ts";

/** By place on the keyboard, not by letter, so that WASD is one block on every layout. */
const DIRECTIONS: Readonly<Record<string, Point>> = {
  KeyW: { x: 0, y: -1 },
  ArrowUp: { x: 0, y: -1 },
  KeyS: { x: 0, y: 1 },
  ArrowDown: { x: 0, y: 1 },
  KeyA: { x: -1, y: 0 },
  ArrowLeft: { x: -1, y: 0 },
  KeyD: { x: 1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
};
const BUTTONS: Readonly<Record<string, Button>> = {
  Space: "boost",
  KeyF: "fire",
  KeyJ: "fire",
  KeyE: "lance",
  KeyK: "lance",
};

/** The direction that the held keys mean, of length 0 or 1. Pure. */
export function heading(held: ReadonlySet<string>): Point {
  let x = 0;
  let y = 0;
  for (const code of held) {
    x += DIRECTIONS[code]?.x ?? 0;
    y += DIRECTIONS[code]?.y ?? 0;
  }
  const length = Math.hypot(x, y);
  // W and the arrow up held together are still one wish.
  return length === 0 ? { x: 0, y: 0 } : { x: x / length, y: y / length };
}

export interface KeysListener {
  steer(direction: Point): void;
  press(button: Button): void;
  release(button: Button): void;
}

/** Listens to the keyboard until `signal` aborts. Keys meant for a text field or for the browser are left alone. */
export function listenToKeys(target: Window, listener: KeysListener, signal: AbortSignal): void {
  const held = new Set<string>();

  function release(): void {
    held.clear();
    for (const button of new Set(Object.values(BUTTONS))) listener.release(button);
    listener.steer(heading(held));
  }

  target.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isForControl(event)) return;
      const button = BUTTONS[event.code];
      if (button !== undefined) {
        event.preventDefault();
        if (!event.repeat) listener.press(button);
      } else if (event.code in DIRECTIONS) {
        event.preventDefault();
        if (event.repeat) return;
        held.add(event.code);
        listener.steer(heading(held));
      }
    },
    { signal },
  );
  target.addEventListener(
    "keyup",
    (event) => {
      const button = BUTTONS[event.code];
      if (button !== undefined) listener.release(button);
      if (held.delete(event.code)) listener.steer(heading(held));
    },
    { signal },
  );
  target.addEventListener("blur", release, { signal });
  target.document.addEventListener("visibilitychange", release, { signal });
}

/** Text is typed, and a focused button is pressed with the space bar. */
function isForControl(event: KeyboardEvent): boolean {
  const { target } = event;
  if (!(target instanceof Element)) return false;
  return target.closest("input") !== null || (event.code === "Space" && target.closest("button") !== null);
}
