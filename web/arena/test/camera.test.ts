import { expect, test } from "vitest";
import { frame } from "../src/camera.ts";

const MAP = { width: 2000, height: 2000 };

test("the target is in the middle, away from the edges", () => {
  const shot = frame({ width: 1280, height: 800 }, MAP, { x: 1000, y: 900 });
  expect(shot.left + shot.width / 2).toBeCloseTo(1000);
  expect(shot.top + shot.height / 2).toBeCloseTo(900);
});

test("no more than a margin of the void shows at an edge", () => {
  const shot = frame({ width: 390, height: 844 }, MAP, { x: 2000, y: 0 });
  expect(shot.left + shot.width - MAP.width).toBeCloseTo(200);
  expect(shot.top).toBeCloseTo(-200);
});

test("a map smaller than the screen is in the middle", () => {
  const shot = frame({ width: 1600, height: 900 }, { width: 300, height: 200 }, { x: 0, y: 0 });
  expect(shot.left + shot.width / 2).toBeCloseTo(150);
  expect(shot.top + shot.height / 2).toBeCloseTo(100);
});
