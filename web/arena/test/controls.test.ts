import { expect, test } from "vitest";
import { heading } from "../src/keys.ts";
import { nearestTurn } from "../src/pose.ts";
import { pull } from "../src/stick.ts";

test("keys give a direction of length one, opposite ones none", () => {
  expect(heading(new Set(["KeyW"]))).toEqual({ x: 0, y: -1 });
  expect(heading(new Set(["KeyW", "ArrowUp"]))).toEqual({ x: 0, y: -1 });
  expect(heading(new Set(["KeyA", "KeyD"]))).toEqual({ x: 0, y: 0 });
  const diagonal = heading(new Set(["ArrowRight", "KeyS"]));
  expect(diagonal.x).toBeCloseTo(Math.SQRT1_2);
  expect(diagonal.y).toBeCloseTo(Math.SQRT1_2);
});

test("the stick rests in its middle and is full at its rim", () => {
  expect(pull(3, 3)).toEqual({ x: 0, y: 0 });
  expect(pull(0, -52)).toEqual({ x: 0, y: -1 });
  const beyond = pull(300, 400);
  expect(Math.hypot(beyond.x, beyond.y)).toBeCloseTo(1);
  expect(beyond.x).toBeCloseTo(0.6);
});

test("a ship turns the short way", () => {
  expect(nearestTurn(3, -3)).toBeCloseTo(2 * Math.PI - 3);
  expect(nearestTurn(0.1, -0.1)).toBeCloseTo(-0.1);
  expect(nearestTurn(20, 0)).toBeCloseTo(6 * Math.PI);
});
