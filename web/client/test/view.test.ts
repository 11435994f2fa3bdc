import { expect, test } from "vitest";
import type { State, Update } from "../src/protocol.ts";
import { fromState, withUpdate } from "../src/view.ts";

const STATE: State = {
  type: "state",
  tick: 10,
  actors: [
    { id: 1, kind: "ship", fields: { x: 1, y: 1 } },
    { id: 2, kind: "ship", fields: { x: 2, y: 2 } },
  ],
  players: [{ player: "p1", name: "Ada", actor: 1, away: false }],
};

const update = (parts: Partial<Update>): Update => ({
  type: "update",
  tick: 11,
  set: [],
  touched: [],
  gone: [],
  players: [],
  left: [],
  ...parts,
});

test("a state is everything", () => {
  const view = fromState(STATE);
  expect(view.tick).toBe(10);
  expect([...view.actors.keys()]).toEqual([1, 2]);
  expect(view.players.get("p1")?.name).toBe("Ada");
});

test("an update changes the fields it names and tells their tick", () => {
  const before = fromState(STATE);
  const after = withUpdate(before, update({ set: [{ id: 1, kind: null, fields: { x: 5 } }] }));
  expect(after.actors.get(1)).toEqual({ id: 1, kind: "ship", tick: 11, fields: { x: 5, y: 1 } });
  expect(after.actors.get(2)).toBe(before.actors.get(2));
  expect(before.actors.get(1)?.fields["x"]).toBe(1);
});

test("actors and players come and go", () => {
  const after = withUpdate(
    fromState(STATE),
    update({
      set: [{ id: 3, kind: "ship", fields: { x: 9 } }],
      gone: [1],
      players: [{ player: "p3", name: "Cyd", actor: 3, away: false }],
      left: ["p1"],
    }),
  );
  expect([...after.actors.keys()]).toEqual([2, 3]);
  expect([...after.players.keys()]).toEqual(["p3"]);
});

test("an id that is gone and set in one update is the new actor", () => {
  const after = withUpdate(
    fromState(STATE),
    update({ gone: [1], set: [{ id: 1, kind: "buoy", fields: { x: 4 } }] }),
  );
  expect(after.actors.get(1)).toEqual({ id: 1, kind: "buoy", tick: 11, fields: { x: 4 } });
});

test("a change of an unknown actor is void, a bare tick shares everything", () => {
  const before = fromState(STATE);
  const after = withUpdate(before, update({ set: [{ id: 9, kind: null, fields: { x: 4 } }] }));
  expect(after.actors).toEqual(before.actors);
  expect(withUpdate(before, update({})).actors).toBe(before.actors);
  expect(withUpdate(before, update({})).tick).toBe(11);
});
