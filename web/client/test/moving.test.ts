import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stayMillis } from "../src/draining.ts";
import { rig } from "./rig.ts";
import { SETTINGS, settings, WELCOME } from "./worlds.ts";

const SEAT = { instance: "i2", namespace: "/arena/i2", url: "http://other", ticket: "t2", expiresAt: 1 };
const ELSEWHERE = { instance: "i2", player: "p2", actor: 9, session: "s9" };
const THERE = { tick: 5, actors: [{ id: 9, kind: "ship", x: 7, y: 7 }], players: [] };

describe("a player who is moved", () => {
  test("takes the granted seat at once, and sees the old world until the new one is here", () => {
    const { room, enter, hear, links, newest, pass } = rig();
    enter();
    room.steer(1, 0);
    pass(100);
    const statuses: string[] = [];
    room.onStatus(({ phase }) => statuses.push(phase));
    hear("moved", SEAT);
    expect(newest().target).toEqual({ type: "seat", address: "http://other/arena/i2", ticket: "t2" });
    links[0]?.lose();
    pass(200);
    expect([room.instance, room.actors.size]).toEqual(["i1", 2]);
    enter({ ...ELSEWHERE, player: "p1" }, THERE);
    expect([room.instance, room.me?.id, room.tick]).toEqual(["i2", 9, 5]);
    expect(statuses).toEqual([]);
    expect(newest().inputs).toEqual([{ seq: 1, x: 1, y: 0, boost: 0 }]);
    // And there it is resumed.
    newest().lose();
    pass(1_000);
    expect(newest().target).toEqual({ type: "resume", address: "http://other/arena/i2", session: "s9" });
  });

  test("within one server, at its own address", () => {
    const { enter, hear, newest } = rig();
    enter();
    hear("moved", { ...SEAT, url: "" });
    expect(newest().target).toMatchObject({ address: "http://orrery/arena/i2" });
  });

  test("and whose old connection says taken-over is not closed by it", () => {
    const { room, enter, hear, links } = rig();
    enter();
    hear("moved", SEAT);
    links[0]?.hear("closed", { code: "taken-over", message: "" });
    links[0]?.lose();
    expect(room.status.phase).toBe("playing");
    enter({ ...ELSEWHERE, player: "p1" }, THERE);
    expect(room.instance).toBe("i2");
  });

  test("to where nobody answers is told after a moment, and comes back by joining", () => {
    const { room, enter, hear, links, newest, pass } = rig();
    enter();
    hear("moved", SEAT);
    links[0]?.lose();
    pass(2_000);
    expect(room.status).toEqual({ phase: "reconnecting", attempt: 1, limit: 2 });
    newest().lose();
    expect(room.status).toMatchObject({ attempt: 2 });
    pass(2_000);
    expect(newest().target).toMatchObject({ type: "seat" });
    newest().refuse("ticket-used");
    // That was the last attempt, but there is somebody who says how to come back.
    expect(newest().target).toEqual({ type: "join" });
    newest().lose();
    expect(room.status).toMatchObject({ phase: "closed", code: "unreachable" });
  });

  test("keeps the seat when it fails before the old connection ends", () => {
    const { enter, hear, links, newest, pass } = rig({ random: () => 0.9 });
    enter();
    hear("moved", SEAT);
    newest().lose();
    links[0]?.lose();
    expect(links.length).toBe(2);
    pass(2_000);
    expect(newest().target).toMatchObject({ type: "seat", ticket: "t2" });
  });
});

describe("an instance that drains", () => {
  test("is left in the second half of its time, early enough to get there, spread over 20 s at most", () => {
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.nat(600_000), random, (inMillis, share) => {
        const stay = stayMillis(inMillis, share);
        expect(stay).toBeGreaterThanOrEqual(inMillis / 2);
        expect(stay).toBeLessThanOrEqual(Math.min(0.85 * inMillis, inMillis / 2 + 20_000) + 1e-6);
      }),
    );
    expect(stayMillis(600_000, 0.5)).toBe(310_000);
    expect(stayMillis(10_000, 0.5)).toBe(6_750);
    expect(stayMillis(-5, 0.5)).toBe(0);
  });

  test("tells its deadline, is played in meanwhile, and left only when the other one can be played", () => {
    const { room, enter, hear, links, newest, play, now } = rig();
    enter();
    expect(room.draining).toBeNull();
    hear("draining", { inMillis: 20_000, message: "Closing for repairs." });
    expect(room.draining).toEqual({ deadlineMillis: now() + 20_000, message: "Closing for repairs." });
    play(13_400);
    expect(links.length).toBe(1);
    play(200);
    expect(links.length).toBe(2);
    expect(newest().target).toEqual({ type: "join" });
    // The old one is played on while the new one is under way.
    room.steer(1, 0);
    play(400);
    expect(links[0]?.inputs.at(-1)).toMatchObject({ x: 1 });
    newest().hear("welcome", { ...WELCOME, ...ELSEWHERE });
    play(400);
    expect([room.instance, links[0]?.end, newest().inputs.length]).toEqual(["i1", null, 0]);
    newest().hear("state", THERE);
    expect([room.instance, room.me?.id, room.draining, links[0]?.end]).toEqual(["i2", 9, null, "left"]);
    expect(room.status.phase).toBe("playing");
    expect(newest().inputs).toEqual([{ seq: 1, x: 1, y: 0, boost: 0 }]);
  });

  test("is stayed in when no other takes the player, and tried again with backoff until it ends", () => {
    const { room, enter, hear, links, newest, play, pass } = rig();
    enter();
    const statuses: string[] = [];
    room.onStatus(({ phase }) => statuses.push(phase));
    hear("draining", { inMillis: 40_000, message: "" });
    play(30_000);
    const dialled: number[] = [];
    for (const refusal of ["draining", "full", "outdated"]) {
      newest().refuse(refusal);
      const before = links.length;
      for (let waited = 100; links.length === before && waited < 60_000; waited += 100) {
        play(100);
        if (links.length > before) dialled.push(waited);
      }
    }
    // Half of 1, 3 and 9 s.
    expect(dialled).toEqual([500, 1_500, 4_500]);
    newest().lose();
    expect(statuses).toEqual([]);
    expect(links[0]?.end).toBeNull();
    links[0]?.hear("closed", { code: "instance-closed", message: "Closed." });
    links[0]?.lose();
    expect(room.status).toMatchObject({ phase: "reconnecting", attempt: 1 });
    pass(500);
    expect(newest().target).toEqual({ type: "join" });
    enter(ELSEWHERE, THERE);
    expect([room.status.phase, room.instance]).toEqual(["playing", "i2"]);
  });

  test("and ends while the other one is under way costs no attempt", () => {
    const { room, enter, hear, links, play, pass } = rig();
    enter();
    const statuses: string[] = [];
    room.onStatus(({ phase }) => statuses.push(phase));
    hear("draining", { inMillis: 20_000, message: "" });
    play(15_100);
    links[0]?.lose();
    pass(1_000);
    enter(ELSEWHERE, THERE);
    expect(statuses).toEqual([]);
    expect(room.instance).toBe("i2");
  });

  test("and throws the player out, throws them out of the next one too", () => {
    const { room, enter, hear, links, newest, play } = rig();
    enter();
    hear("draining", { inMillis: 20_000, message: "" });
    play(15_100);
    links[0]?.hear("closed", { code: "kicked", message: "Out." });
    links[0]?.lose();
    expect(room.status).toEqual({ phase: "closed", code: "kicked", message: "Out." });
    expect(newest().end).toBe("left");
  });

  test("and is lost before the time is resumed like any other", () => {
    const { enter, hear, newest, play, pass } = rig();
    enter();
    hear("draining", { inMillis: 60_000, message: "" });
    play(5_000);
    newest().lose();
    pass(500);
    expect(newest().target).toMatchObject({ type: "resume", session: "s1" });
  });

  test("sends a hundred clients away evenly", () => {
    const times: number[] = [];
    for (let client = 0; client < 100; client += 1) {
      const { enter, hear, links, play } = rig({ random: () => client / 100 });
      enter();
      hear("draining", { inMillis: 30_000, message: "" });
      for (let waited = 0; links.length === 1 && waited < 60_000; waited += 100) {
        play(100);
        if (links.length > 1) times.push(waited);
      }
    }
    const seconds = new Map<number, number>();
    for (const time of times) {
      const second = Math.floor(time / 1_000);
      seconds.set(second, (seconds.get(second) ?? 0) + 1);
    }
    expect(Math.min(...times)).toBeGreaterThanOrEqual(14_900);
    expect(Math.max(...times)).toBeLessThan(26_000);
    expect(Math.max(...seconds.values())).toBeLessThan(12);
  });

  test("settings that differ there are told", () => {
    const { room, enter, hear, play } = rig();
    enter();
    const heard: number[] = [];
    room.onSettings(({ tickRate }) => heard.push(tickRate));
    hear("draining", { inMillis: 1_000, message: "" });
    play(1_000);
    enter({ ...ELSEWHERE, settings: settings(50) }, THERE);
    expect(heard).toEqual([50]);
    expect(room.settings).toEqual({ ...SETTINGS, tickRate: 50 });
  });
});
