import type { Actor, Player } from "@orrery/client";
import { expect, test } from "vitest";
import { standings } from "../src/battle.ts";
import { hullOf } from "../src/ship.ts";
import { beamOf } from "../src/shots.ts";

function room(scores: readonly number[], mine: number) {
  const actors = new Map<number, Actor>();
  const players = new Map<string, Player>();
  scores.forEach((score, index) => {
    actors.set(index + 1, { id: index + 1, kind: "ship", tick: 1, fields: { score } });
    players.set(`p${index}`, { player: `p${index}`, name: `N${index}`, actor: index + 1, away: false });
  });
  actors.set(99, { id: 99, kind: "ship", tick: 1, fields: { score: 500 } }); // of nobody
  return { actors, players, player: `p${mine}` };
}

test("the best come first, of equals whoever came first", () => {
  const names = standings(room([3, 9, 3, 12], 0), 5).map(({ name }) => name);
  expect(names).toEqual(["N3", "N1", "N0", "N2"]);
});

test("oneself is on the board, whatever the score", () => {
  const board = standings(room([7, 8, 9, 10, 11, 12, 0], 6), 5);
  expect(board.map(({ score }) => score)).toEqual([12, 11, 10, 9, 0]);
  expect(board.at(-1)?.mine).toBe(true);
});

test("who has not scored is not on it, but oneself", () => {
  expect(standings(room([0, 0, 4], 0), 5).map(({ name }) => name)).toEqual(["N2", "N0"]);
});

test("a beam goes from the bow to what it met", () => {
  expect(beamOf({ x: 10, y: 10, toX: 10, toY: 110 })).toMatchObject({ length: 100, angle: Math.PI / 2 });
  expect(beamOf({ x: 10, y: 10, toX: "10", toY: 110 })).toBeNull();
});

test("ships of a server without hulls are whole", () => {
  expect(hullOf({ id: 1, kind: "ship", tick: 1, fields: {} })).toBe(100);
  expect(hullOf({ id: 1, kind: "ship", tick: 1, fields: { hull: 0 } })).toBe(0);
});
