import { expect, test } from "vitest";
import { rig } from "./rig.ts";

test("plays once welcome and state are here", () => {
  const { room, enter, hear } = rig();
  expect(room.status.phase).toBe("joining");
  enter();
  expect(room.status.phase).toBe("playing");
  expect(room.me?.fields).toEqual({ x: 1, y: 2 });
  hear("update", { tick: 42, set: [{ id: 7, x: 6 }] });
  expect(room.me).toMatchObject({ tick: 42, fields: { x: 6, y: 2 } });
});

test("sends input at once, and a heartbeat while nothing changes", () => {
  const { room, enter, newest, hear, pass } = rig();
  enter();
  pass(100);
  room.steer(1, 0);
  expect(newest().inputs.at(-1)).toMatchObject({ x: 1, y: 0 });
  const sent = newest().inputs.length;
  for (let second = 0; second < 4; second++) {
    pass(1_000);
    hear("update", { tick: 50 + second });
  }
  expect(newest().inputs.length - sent).toBe(16);
  hear("ack", { tick: 44, seq: 2, late: 0 });
  expect(room.ack?.seq).toBe(2);
});

test("asks for the clock quickly at first, then every two seconds, and knows ping and tick", () => {
  const { room, enter, newest, pass } = rig();
  enter();
  pass(600);
  expect(newest().questions).toBe(4);
  pass(2_000);
  expect(newest().questions).toBe(5);
  newest().deliver({ type: "clock", sentAtMillis: 2_560, tick: 60, elapsedMillis: 10 });
  expect(room.pingMillis).toBe(40);
  expect(room.serverTick(2_600)).toBeCloseTo(60.3);
});

test("what cannot be read is counted and changes nothing", () => {
  const { room, enter, hear } = rig();
  enter();
  hear("gossip", {});
  hear("ack", { tick: -1 });
  expect(room.unreadable).toBe(2);
  expect(room.status.phase).toBe("playing");
  expect(room.tick).toBe(41);
});

test("who leaves hangs up and stays away", () => {
  const { room, enter, links, newest, pass } = rig();
  enter();
  room.leave();
  expect(newest().end).toBe("left");
  pass(10_000);
  expect(room.status).toMatchObject({ phase: "closed", code: "left" });
  expect(links.length).toBe(1);
});

test("a room that predicts nothing asks for no rules and shows the own actor where the server has it", () => {
  const { room, enter, hear, newest, pass } = rig({ loadRules: null });
  enter({ rules: "/rules.js" });
  room.steer(1, 0);
  pass(300);
  expect(newest().inputs.at(-1)).toEqual({ seq: 2, x: 1, y: 0, boost: 0 });
  hear("update", { tick: 42, set: [{ id: 7, x: 6 }] });
  expect(room.glimpse(0)).toBeNull();
  expect(room.me?.fields["x"]).toBe(6);
});

test("an announcement is an event like others, and a lost player is shown as away", () => {
  const { room, enter, hear } = rig();
  const heard: unknown[] = [];
  room.onEvent(({ name, body }) => heard.push([name, body]));
  enter();
  hear("event", { tick: 42, name: "announcement", text: "Storm ahead." });
  expect(heard).toEqual([["announcement", { text: "Storm ahead." }]]);
  expect(room.players.get("p1")?.away).toBe(false);
  hear("update", { tick: 43, players: [{ player: "p1", name: "Ada", actor: 7, away: true }] });
  expect(room.players.get("p1")?.away).toBe(true);
});
