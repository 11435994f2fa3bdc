import fc from "fast-check";
import { expect, test } from "vitest";
import {
  HEARTBEAT_MILLIS,
  NEW_PACER,
  type Pacer,
  pace,
  press as pressed,
  reborn,
  resumed,
  steer,
} from "../src/pacer.ts";
import type { InputMessage } from "../src/protocol.ts";

const SPACING = 80;

/** What is sent when the pacer is asked at each of these times. */
function sends(start: Pacer, times: readonly number[]): { pacer: Pacer; messages: InputMessage[] } {
  let pacer = start;
  const messages: InputMessage[] = [];
  for (const at of times) {
    const paced = pace(pacer, at, SPACING);
    pacer = paced.pacer;
    if (paced.message !== null) messages.push(paced.message);
  }
  return { pacer, messages };
}

test("a change goes out at once, the next one after the spacing", () => {
  const first = sends(steer(NEW_PACER, 1, 0), [0]);
  expect(first.messages).toEqual([{ seq: 1, x: 1, y: 0, boost: 0 }]);
  const second = sends(steer(first.pacer, 0, 1), [10, SPACING - 1, SPACING]);
  expect(second.messages).toEqual([{ seq: 2, x: 0, y: 1, boost: 0 }]);
});

test("without changes there is a heartbeat", () => {
  const { messages } = sends(NEW_PACER, [0, 100, 249, 250, 499, 500]);
  expect(messages.map(({ seq }) => seq)).toEqual([1, 2, 3]);
});

test("a tap between two sends counts, and is released right after", () => {
  const still = sends(NEW_PACER, [0]).pacer;
  const tapped = steer(steer(still, 0, -1), 0, 0);
  const { messages } = sends(tapped, [SPACING, 2 * SPACING]);
  expect(messages.map(({ y }) => y)).toEqual([-1, 0]);
});

test("presses are counted round, and count anew for another actor while the direction is held", () => {
  let pacer = steer(NEW_PACER, 0.5, 0);
  for (let press = 0; press < 257; press++) pacer = pressed(pacer, "boost");
  expect(pacer.wanted.boost).toBe(2);
  expect(sends(reborn(pacer), [0]).messages).toEqual([{ seq: 1, x: 0.5, y: 0, boost: 0 }]);
});

test("presses and numbers count on for the same actor, and all is said again", () => {
  // An actor that boosted for press 1 takes another press 1 for the same.
  const { pacer } = sends(pressed(steer(NEW_PACER, 0.5, 0), "boost"), [0]);
  expect(sends(resumed(pacer), [10]).messages).toEqual([{ seq: 2, x: 0.5, y: 0, boost: 1 }]);
});

test("whatever is wanted, what is sent lies in range, in order, never too often and never too seldom", () => {
  const wish = fc.tuple(fc.double(), fc.double(), fc.boolean());
  fc.assert(
    fc.property(fc.array(wish, { maxLength: 60 }), (wishes) => {
      let pacer = NEW_PACER;
      let now = 0;
      let sentAt = 0;
      let seq = 0;
      for (const [x, y, press] of wishes) {
        pacer = steer(press ? pressed(pacer, "boost") : pacer, x, y);
        const paced = pace(pacer, now, SPACING);
        pacer = paced.pacer;
        if (paced.message !== null) {
          expect(paced.message.seq).toBe(seq + 1);
          expect(Math.max(Math.abs(paced.message.x), Math.abs(paced.message.y))).toBeLessThanOrEqual(1);
          expect(seq === 0 || now - sentAt >= SPACING).toBe(true);
          seq += 1;
          sentAt = now;
        }
        expect(now - sentAt).toBeLessThan(HEARTBEAT_MILLIS);
        now += 25;
      }
    }),
  );
});
