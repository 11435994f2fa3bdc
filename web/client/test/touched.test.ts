import { expect, test } from "vitest";
import { NEW_PACER, press, steer } from "../src/pacer.ts";
import { NEW_WATCH, withAck, withConfirmation } from "../src/watch.ts";
import { rig } from "./rig.ts";
import { WALKER } from "./walker.ts";

const WRONG = {
  tick: 5,
  predicted: new Int32Array([4, 1]),
  actual: new Int32Array([9, 1]),
  correct: false,
  touched: false,
};

test("what has touched an actor explains why it was predicted otherwise", () => {
  const touched = withAck(withConfirmation(NEW_WATCH, WALKER.actor, { ...WRONG, touched: true }, 3), {
    type: "ack",
    tick: 5,
    seq: 3,
    late: 0,
  });
  const after = withConfirmation(touched, WALKER.actor, { ...WRONG, tick: 6, correct: true }, 3);
  expect(after).toMatchObject({ corrections: 0, touches: 1, divergence: null, drift: 0 });
});

test("the same without a touch is a divergence", () => {
  const suspected = withAck(withConfirmation(NEW_WATCH, WALKER.actor, WRONG, 3), {
    type: "ack",
    tick: 5,
    seq: 3,
    late: 0,
  });
  const after = withConfirmation(suspected, WALKER.actor, { ...WRONG, tick: 6, correct: true }, 3);
  expect(after).toMatchObject({ corrections: 1, touches: 0, divergence: { tick: 5, field: "x" } });
});

test("buttons count their presses each for itself, and the counters go round", () => {
  let pacer = steer(NEW_PACER, 1, 0);
  for (let i = 0; i < 256; i += 1) pacer = press(pacer, "fire");
  pacer = press(pacer, "lance");
  expect(pacer.wanted).toEqual({ x: 1, y: 0, boost: 0, fire: 1, lance: 1 });
});

test("who throws the lance says what they see", () => {
  const { room, enter, hear, newest, pass } = rig({ loadRules: null });
  enter();
  hear("update", { tick: 60 });
  room.press("fire");
  pass(100);
  expect(newest().inputs.at(-1)).toMatchObject({ fire: 1 });
  expect(newest().inputs.at(-1)?.view).toBeUndefined();
  hear("update", { tick: 61 });
  room.press("lance");
  pass(20);
  hear("update", { tick: 62 });
  pass(300);
  const views = newest()
    .inputs.filter(({ lance }) => lance === 1)
    .map(({ view }) => view);
  expect(views.length).toBeGreaterThan(0);
  for (const view of views) expect([60, 61, 62]).toContain(view);
});
