import type { Room, WorldMap } from "@orrery/client";
import type { Shot } from "./camera.ts";
import { svg } from "./dom.ts";
import { numberOf } from "./ship.ts";

/** The whole map in a corner. It moves with the ticks and does not glide: a tick is about a px here. */
export interface Minimap {
  readonly root: SVGSVGElement;
  show(room: Room, shot: Shot): void;
}

export function newMinimap(map: WorldMap): Minimap {
  const seen = svg("rect", { class: "seen", rx: 12 });
  const dots = svg("g", {});
  const byActor = new Map<number, SVGCircleElement>();
  const root = svg(
    "svg",
    {
      class: "minimap",
      viewBox: `0 0 ${map.width} ${map.height}`,
      role: "img",
      "aria-label": "Map of the arena",
    },
    ...map.rocks.map(({ x, y, radius }) => svg("circle", { class: "land", cx: x, cy: y, r: radius })),
    ...map.walls.map((wall) => svg("rect", { class: "land", ...wall })),
    ...map.gates.map(({ x, y, radius }) => svg("circle", { class: "gate", cx: x, cy: y, r: radius })),
    seen,
    dots,
  );

  function place(room: Room): void {
    const mine = room.me?.id;
    const named = new Set([...room.players.values()].map((player) => player.actor));
    for (const actor of room.actors.values()) {
      if (actor.kind !== "ship") continue;
      let dot = byActor.get(actor.id);
      if (dot === undefined) {
        dot = svg("circle", { r: 40 });
        byActor.set(actor.id, dot);
        dots.append(dot);
      }
      dot.setAttribute(
        "class",
        actor.id === mine ? "dot mine" : named.has(actor.id) ? "dot" : "dot wanderer",
      );
      dot.setAttribute("data-hue", String(numberOf(actor, "hue")));
      dot.setAttribute("cx", numberOf(actor, "x").toFixed(0));
      dot.setAttribute("cy", numberOf(actor, "y").toFixed(0));
    }
    for (const [id, dot] of byActor) {
      if (room.actors.has(id)) continue;
      dot.remove();
      byActor.delete(id);
    }
  }

  return {
    root,
    show(room, shot) {
      place(room);
      const left = Math.max(0, shot.left);
      const top = Math.max(0, shot.top);
      seen.setAttribute("x", left.toFixed(0));
      seen.setAttribute("y", top.toFixed(0));
      seen.setAttribute("width", Math.max(0, Math.min(map.width, shot.left + shot.width) - left).toFixed(0));
      seen.setAttribute("height", Math.max(0, Math.min(map.height, shot.top + shot.height) - top).toFixed(0));
    },
  };
}
