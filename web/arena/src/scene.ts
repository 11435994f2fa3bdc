import type { Button, GameEvent, Room } from "@orrery/client";
import { frame, type Point } from "./camera.ts";
import { drawChart } from "./chart.ts";
import { element } from "./dom.ts";
import { newFleet } from "./fleet.ts";
import { drawGates } from "./gates.ts";
import { newMinimap } from "./minimap.ts";
import { newOwn } from "./own.ts";
import { numberOf } from "./ship.ts";
import { newShots } from "./shots.ts";

/** The world of one seat on the page: chart, ships, camera and minimap. */
export interface Scene {
  readonly root: HTMLElement;
  /** The own button was pressed: what can be seen of it is seen at once. */
  pressed(button: Button): void;
  happened(event: GameEvent): void;
  remove(): void;
}

const MAX_JITTER_MILLIS = 150;

/**
 * Draws {@link room} until it is removed. News only marks the scene stale; one animation frame later everything is
 * written at once, and nothing is read back from the page. While the own ship is predicted, it and the camera are written
 * in every frame.
 */
export function newScene(room: Room, screen: Window): Scene {
  const root = element("div", "scene");
  const lens = element("div", "lens");
  const world = element("div", "world");
  const ships = element("div", "ships");
  const fleet = newFleet(ships);
  const shots = newShots(ships);
  let own = newOwn();
  let minimap = newMinimap(room.map);
  let chart = drawChart(room.map);
  let gates = drawGates(room.map);
  let drawnMap = room.map;
  let drawnInstance = room.instance;
  world.append(chart, gates, ships);
  lens.append(world);
  root.append(lens, minimap.root);

  let target: Point = { x: room.map.width / 2, y: room.map.height / 2 };
  let stale = true;
  let request = 0;

  /** At the time of the frame, not of the call: that varies, and would be seen as uneven motion. */
  function draw(frameMillis: number): void {
    request = 0;
    if (room.instance !== drawnInstance) moveOn();
    const pose = own.pose(room, frameMillis);
    if (!stale && pose === null) return;
    if (pose !== null) target = pose;
    else if (room.me !== undefined) target = { x: numberOf(room.me, "x"), y: numberOf(room.me, "y") };
    const shot = frame({ width: screen.innerWidth, height: screen.innerHeight }, room.map, target);
    root.style.setProperty("--glide", `${glideMillis(room)}ms`);
    root.style.setProperty("--unscale", (1 / shot.scale).toFixed(4));
    lens.style.transform = `scale(${shot.scale.toFixed(4)})`;
    world.style.transform = `translate(${(-shot.left).toFixed(2)}px, ${(-shot.top).toFixed(2)}px)`;
    root.classList.toggle("piloted", pose !== null);
    if (stale) fleet.show(room);
    if (stale) shots.show(room);
    if (stale) minimap.show(room, shot);
    stale = false;
    fleet.place(room, pose);
    if (pose !== null) request = requestAnimationFrame(draw);
  }

  /** Another instance has other ships, and may have another map. One that was only come back to has the same. */
  function moveOn(): void {
    drawnInstance = room.instance;
    fleet.clear();
    shots.clear();
    own = newOwn();
    if (JSON.stringify(room.map) === JSON.stringify(drawnMap)) return;
    drawnMap = room.map;
    const newChart = drawChart(drawnMap);
    const newGates = drawGates(drawnMap);
    const newMap = newMinimap(drawnMap);
    chart.replaceWith(newChart);
    gates.replaceWith(newGates);
    minimap.root.replaceWith(newMap.root);
    chart = newChart;
    gates = newGates;
    minimap = newMap;
  }

  function markStale(): void {
    stale = true;
    if (request === 0) request = requestAnimationFrame(draw);
  }

  const endFrames = room.onFrame(markStale);
  screen.addEventListener("resize", markStale);
  draw(performance.now());

  return {
    root,
    pressed(button) {
      if (button !== "boost") fleet.ship(room.me?.id)?.flash();
    },
    happened(event) {
      shots.happened(event);
      if (event.name === "struck") fleet.ship(event.body["ship"])?.strike();
      if (event.name === "lanced" && event.body["ship"] !== room.me?.id)
        fleet.ship(event.body["ship"])?.flash();
    },
    remove() {
      endFrames();
      screen.removeEventListener("resize", markStale);
      cancelAnimationFrame(request);
      root.remove();
    },
  };
}

/**
 * A glide lasts a tick, or longer where the settings say so, and as much more as the network's jitter: then the next word
 * comes while the ship is still under way, and it never stands still between two of them.
 */
function glideMillis({ settings, jitterMillis }: Room): number {
  const glide = Math.max(settings.tickRate, settings.smoothing * 1000);
  return glide + Math.min(MAX_JITTER_MILLIS, jitterMillis);
}
