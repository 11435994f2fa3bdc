import type { Button, Room } from "@orrery/client";
import type { Point } from "./camera.ts";
import { element } from "./dom.ts";
import { listenToKeys } from "./keys.ts";
import { newStick } from "./stick.ts";

/** The controls of one seat: keyboard, joystick and buttons, all steering {@link room}. */
export interface Helm {
  readonly root: HTMLElement;
  remove(): void;
}

const PRESSED = { transform: ["scale(0.9)", "none"], filter: ["brightness(1.5)", "none"] };
const PRESS_MILLIS = 240;
/** Guns that are held fire again as soon as they can be loaded. */
const LOADING_MILLIS = 350;
const WORDS: readonly (readonly [Button, string])[] = [
  ["boost", "Boost"],
  ["fire", "Fire"],
  ["lance", "Lance"],
];

/** @param pressed told of each press, so that it can be seen at once */
export function newHelm(room: Room, pressed: (button: Button) => void): Helm {
  const end = new AbortController();
  const still: Point = { x: 0, y: 0 };
  let keys = still;
  let stick = still;
  let firing = 0;
  const buttons = new Map<Button, HTMLButtonElement>();

  /** Held keys come first; whoever has a keyboard under the hands means it. */
  function steer(): void {
    const wanted = keys.x === 0 && keys.y === 0 ? stick : keys;
    room.steer(wanted.x, wanted.y);
  }

  function pressOnce(button: Button): void {
    room.press(button);
    pressed(button);
    buttons.get(button)?.animate(PRESSED, PRESS_MILLIS);
  }

  function press(button: Button): void {
    pressOnce(button);
    if (button !== "fire") return;
    clearInterval(firing);
    firing = window.setInterval(() => pressOnce("fire"), LOADING_MILLIS);
  }

  function release(button: Button): void {
    if (button === "fire") clearInterval(firing);
  }

  function touchButton(button: Button, word: string): HTMLButtonElement {
    const made = element("button", button, word);
    made.type = "button";
    made.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      press(button);
    });
    for (const lifted of ["pointerup", "pointercancel", "pointerleave"] as const) {
      made.addEventListener(lifted, () => release(button));
    }
    // A click without a pointer: Enter, or an assistive device.
    made.addEventListener("click", (event) => {
      if (event.detail === 0) pressOnce(button);
    });
    buttons.set(button, made);
    return made;
  }

  const root = element("div", "helm");
  listenToKeys(
    window,
    {
      steer(direction) {
        keys = direction;
        steer();
      },
      press,
      release,
    },
    end.signal,
  );
  const zone = newStick((direction) => {
    stick = direction;
    steer();
  }, end.signal);
  root.append(zone, ...WORDS.map(([button, word]) => touchButton(button, word)));

  return {
    root,
    remove() {
      end.abort();
      clearInterval(firing);
      root.remove();
    },
  };
}
