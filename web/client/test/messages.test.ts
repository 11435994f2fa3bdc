import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeClock, decodeMessage, decodeRefusal, decodeSeat } from "../src/messages.ts";
import { SERVER_EVENTS } from "../src/protocol.ts";
import { WELCOME } from "./worlds.ts";

test("never throws, whatever arrives", () => {
  const event = fc.oneof(fc.constantFrom(...SERVER_EVENTS), fc.string());
  fc.assert(
    fc.property(event, fc.anything(), (name, body) => {
      for (const read of [
        decodeMessage(name, body),
        decodeSeat(body),
        decodeRefusal(body),
        decodeClock(body),
      ]) {
        expect(typeof read.ok).toBe("boolean");
      }
    }),
  );
});

test("refuses a welcome with any part broken", () => {
  expect(decodeMessage("welcome", WELCOME).ok).toBe(true);
  const broken = fc.constantFrom("player", "instance", "settings", "tick", "schema", "map");
  fc.assert(
    fc.property(broken, fc.constantFrom(undefined, null, true, [], "", {}, Number.NaN), (key, value) => {
      // A name may be any text, the empty one too.
      fc.pre(!(value === "" && (key === "player" || key === "instance")));
      expect(decodeMessage("welcome", { ...WELCOME, [key]: value }).ok).toBe(false);
    }),
  );
});

test("reads every update that keeps to the protocol, and keeps each field", () => {
  const id = fc.nat();
  const field = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.string());
  const fields = fc.dictionary(
    fc.string().filter((name) => name !== "id" && name !== "kind"),
    fc.oneof(field, fc.array(field)),
  );
  fc.assert(
    fc.property(fc.nat(), fc.array(fc.tuple(id, fields)), fc.array(id), (tick, set, gone) => {
      const wire = JSON.parse(
        JSON.stringify({ tick, set: set.map(([id, rest]) => ({ ...rest, id })), gone }),
      );
      const read = decodeMessage("update", wire);
      expect(read).toMatchObject({ ok: true, value: { type: "update", tick, gone, players: [], left: [] } });
      if (!read.ok || read.value.type !== "update") return;
      expect(read.value.set.map(({ id, fields }) => ({ ...fields, id }))).toEqual(wire.set);
    }),
  );
});

test("a bare tick is an update", () => {
  expect(decodeMessage("update", { tick: 7 })).toEqual({
    ok: true,
    value: { type: "update", tick: 7, set: [], touched: [], gone: [], players: [], left: [] },
  });
});

test("reads what a server says of sessions, moves and ends", () => {
  const old = { ...WELCOME, session: undefined, hash: undefined, graceMillis: undefined };
  expect(decodeMessage("welcome", old)).toMatchObject({
    value: { session: null, hash: null, graceMillis: 0, map: { gates: [] } },
  });
  const gates = [{ x: 1, y: 2, radius: 3 }];
  const harbour = { ...WELCOME, map: { ...WELCOME.map, gates } };
  expect(decodeMessage("welcome", harbour)).toMatchObject({ value: { session: "s1", map: { gates } } });
  const seat = { instance: "i2", namespace: "/arena/i2", url: "", ticket: "t2", expiresAt: 9 };
  expect(decodeMessage("moved", seat)).toEqual({ ok: true, value: { type: "moved", ...seat } });
  expect(decodeMessage("moved", { ...seat, ticket: 7 }).ok).toBe(false);
  expect(decodeMessage("draining", { inMillis: 5, message: "Soon." })).toEqual({
    ok: true,
    value: { type: "draining", inMillis: 5, message: "Soon." },
  });
  expect(decodeMessage("closed", { code: "kicked", message: "Out." })).toEqual({
    ok: true,
    value: { type: "closed", code: "kicked", message: "Out." },
  });
  expect(decodeMessage("closed", {}).ok).toBe(false);
});

test("says where a message is wrong", () => {
  const nested = {
    tick: 1,
    set: [
      { id: 1, x: 0 },
      { id: 2, x: [[0]] },
    ],
  };
  expect(decodeMessage("update", nested)).toEqual({
    ok: false,
    reason: "set [1] x [0] is not a finite number",
  });
  expect(decodeMessage("gossip", {})).toEqual({ ok: false, reason: "is no event of this protocol" });
});

test("keeps what a game says about its event", () => {
  expect(decodeMessage("event", { tick: 3, name: "bump", ship: 4 })).toEqual({
    ok: true,
    value: { type: "event", tick: 3, name: "bump", body: { ship: 4 } },
  });
});
