/** Sails ships in a row around the island in the middle of the harbour, so that they are in view of one another. */
import type { PlainActor } from "./clients/plain-client.mjs";

export interface Helm {
  readonly ship: number;
  steer(x: number, y: number): unknown;
}

/** Between the shore of the island and the nearest rocks and walls; px. */
const ISLAND = 1000;
const RADIUS = 290;
/** How far the row gets in a tick, and how far behind one another its ships sail; radians. */
const PACE = 0.05;
const SPACING = 0.45;
/** A ship steers for where its place will be in so many ticks: at that distance its throttle keeps it in step. */
const AHEAD_TICKS = 6;
/** Full throttle from this distance on, px. */
const FAR = 140;

/** Where the ship with this number in the row belongs at a tick. */
function place(tick: number, number: number): { x: number; y: number } {
  const angle = PACE * tick - SPACING * number;
  return { x: ISLAND + RADIUS * Math.cos(angle), y: ISLAND + RADIUS * Math.sin(angle) };
}

/** Steers every ship towards where its place will be; to be called after each tick. */
export function steerConvoy(
  helms: readonly Helm[],
  tick: number,
  actors: ReadonlyMap<number, PlainActor>,
): void {
  for (const [number, { ship, steer }] of helms.entries()) {
    const actor = actors.get(ship);
    if (actor === undefined) continue;
    const goal = place(tick + AHEAD_TICKS, number);
    const x = (goal.x - actor.x) / FAR;
    const y = (goal.y - actor.y) / FAR;
    const excess = Math.max(1, Math.hypot(x, y));
    void steer(x / excess, y / excess);
  }
}

/** Whether all ships are near their places, and under way. */
export function isInRow(
  helms: readonly Helm[],
  tick: number,
  actors: ReadonlyMap<number, PlainActor>,
): boolean {
  return helms.every(({ ship }, number) => {
    const actor = actors.get(ship);
    if (actor === undefined) return false;
    const goal = place(tick, number);
    return Math.hypot(goal.x - actor.x, goal.y - actor.y) < 40 && Math.hypot(actor.vx, actor.vy) > 10;
  });
}
