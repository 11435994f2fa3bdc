import type { Room } from "@orrery/client";
import type { Point } from "./camera.ts";
import { element } from "./dom.ts";
import { listenToKeys } from "./keys.ts";
import { newStick } from "./stick.ts";

/** The controls of one seat: keyboard, joystick and boost button, all steering {@link room}. */
export interface Helm {
  readonly root: HTMLElement;
  remove(): void;
}

const PRESSED = { transform: ["scale(0.9)", "none"], filter: ["brightness(1.5)", "none"] };
const PRESS_MILLIS = 240;

export function newHelm(room: Room): Helm {
  const end = new AbortController();
  const still: Point = { x: 0, y: 0 };
  let keys = still;
  let stick = still;

  /** Held keys come first; whoever has a keyboard under the hands means it. */
  function steer(): void {
    const wanted = keys.x === 0 && keys.y === 0 ? stick : keys;
    room.steer(wanted.x, wanted.y);
  }

  function boost(): void {
    room.boost();
    button.animate(PRESSED, PRESS_MILLIS);
  }

  const root = element("div", "helm");
  const button = element("button", "boost", "Boost");
  button.type = "button";
  button.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    boost();
  });
  // A click without a pointer: Enter, or an assistive device.
  button.addEventListener("click", (event) => {
    if (event.detail === 0) boost();
  });
  listenToKeys(
    window,
    {
      steer(direction) {
        keys = direction;
        steer();
      },
      boost,
    },
    end.signal,
  );
  const zone = newStick((direction) => {
    stick = direction;
    steer();
  }, end.signal);
  root.append(zone, button);

  return {
    root,
    remove() {
      end.abort();
      root.remove();
    },
  };
}
