import { describe, expect, test } from "vitest";
import { rig } from "./rig.ts";
import { SETTINGS, settings, WELCOME } from "./worlds.ts";

const CLOSED = { message: "The server's words." };

describe("when the connection is lost", () => {
  test("it is resumed at the same address, with the hash, and plays on as the same player", () => {
    const { room, enter, links, newest, pass } = rig();
    enter();
    expect(newest()).toMatchObject({ target: { type: "join" }, hash: null });
    room.steer(0, -1);
    room.press("boost");
    room.press("boost");
    pass(200);
    const { seq } = newest().inputs.at(-1) ?? { seq: 0 };
    newest().lose();
    expect(room.status).toEqual({ phase: "reconnecting", attempt: 1, limit: 2 });
    pass(475);
    expect(links.length).toBe(1);
    pass(25);
    expect(links.length).toBe(2);
    expect(newest()).toMatchObject({
      target: { type: "resume", address: "http://orrery/arena/1", session: "s1" },
      hash: WELCOME.hash,
    });
    enter({ session: "s2" }, { tick: 90 });
    expect(room.status.phase).toBe("playing");
    expect(room.player).toBe("p1");
    expect(room.me?.id).toBe(7);
    // Held direction and counted presses go on: the actor remembers the press that it boosted for last.
    expect(newest().inputs).toEqual([{ seq: seq + 1, x: 0, y: -1, boost: 2 }]);
  });

  test("the old view is shown until the new state is here", () => {
    const { room, enter, newest, hear, pass } = rig();
    enter();
    let frames = 0;
    room.onFrame(() => {
      frames += 1;
    });
    newest().lose();
    pass(500);
    const shown = room.actors;
    hear("welcome", { ...WELCOME, session: "s2", instance: "i2", map: { width: 9, height: 9 } });
    hear("update", { tick: 3, set: [{ id: 7, x: 99 }] });
    expect([room.actors, room.instance, room.map.width, room.me?.id]).toEqual([shown, "i1", 2_000, 7]);
    expect(frames).toBe(0);
    newest().hear("state", { tick: 3, actors: [], players: [] });
    expect([room.actors.size, room.instance, room.map.width]).toEqual([0, "i2", 9]);
    expect(frames).toBe(1);
    expect(room.status.phase).toBe("playing");
  });

  test("each session is shown once: the newest welcome's is the next", () => {
    const { enter, newest, pass, play } = rig();
    enter();
    for (const session of ["s2", "s3", "s4"]) {
      play(6_000);
      newest().lose();
      pass(1_000);
      enter({ session });
    }
    play(6_000);
    newest().lose();
    pass(1_000);
    expect(newest().target).toMatchObject({ type: "resume", session: "s4" });
  });

  test("a resume that is lost is tried again with the session it was given, or with the old one", () => {
    const { enter, newest, hear, pass } = rig({ random: () => 0 });
    enter({ settings: settings(100, { reconnectAttempts: 5 }) });
    newest().lose();
    pass(25);
    newest().lose();
    pass(25);
    expect(newest().target).toMatchObject({ type: "resume", session: "s1" });
    hear("welcome", { ...WELCOME, session: "s2" });
    newest().lose();
    pass(25);
    expect(newest().target).toMatchObject({ type: "resume", session: "s2" });
  });

  test("a server that gives no session is joined anew, as another actor", () => {
    const { room, enter, newest, pass } = rig();
    enter({ session: undefined });
    room.steer(0, -1);
    room.press("boost");
    pass(100);
    newest().lose();
    pass(500);
    expect(newest().target).toEqual({ type: "join" });
    enter({ player: "p2", actor: 9 }, { actors: [{ id: 9, kind: "ship", x: 1, y: 2 }], players: [] });
    expect(newest().inputs).toEqual([{ seq: 1, x: 0, y: -1, boost: 0 }]);
  });

  test("gives up after as many attempts as the newest settings allow", () => {
    const { room, enter, hear, links, newest, pass } = rig();
    enter();
    hear("settings", { settings: { ...SETTINGS, reconnectAttempts: 3 }, atTick: 42 });
    hear("update", { tick: 42 });
    for (let attempt = 1; attempt <= 3; attempt++) {
      newest().lose();
      expect(room.status).toEqual({ phase: "reconnecting", attempt, limit: 3 });
      pass(4_500);
    }
    newest().lose();
    expect(room.status).toMatchObject({ phase: "closed", code: "unreachable" });
    pass(60_000);
    expect(links.length).toBe(4);
  });

  test("a steady connection counts its attempts anew, one that breaks at once does not", () => {
    const { room, enter, newest, pass, play } = rig();
    enter();
    newest().lose();
    pass(1_000);
    enter();
    newest().lose();
    expect(room.status).toMatchObject({ attempt: 2 });
    pass(2_000);
    enter();
    play(6_000);
    newest().lose();
    expect(room.status).toMatchObject({ attempt: 1 });
  });

  test("silence is a loss without a goodbye, but not after a sleep of the page", () => {
    const { room, enter, newest, pass, sleep } = rig();
    enter();
    pass(5_000);
    sleep(500_000);
    pass(5_000);
    expect(room.status.phase).toBe("playing");
    const lost = newest();
    pass(1_500);
    expect(room.status.phase).toBe("reconnecting");
    // A goodbye would give up the actor that waits for the resume.
    expect(lost.end).toBe("dropped");
    pass(500);
    expect(newest().target.type).toBe("resume");
  });

  test("an attempt that comes to nothing is given up in time", () => {
    const { room, enter, newest, pass } = rig();
    enter();
    newest().lose();
    pass(500);
    const stuck = newest();
    pass(15_100);
    expect(stuck.end).toBe("dropped");
    expect(room.status).toMatchObject({ attempt: 2 });
  });
});

describe("a refusal", () => {
  test("ends the first joining", () => {
    const { room, newest, pass, links } = rig();
    newest().refuse("full");
    expect(room.status).toEqual({ phase: "refused", code: "full", message: "Refused: full." });
    pass(20_000);
    expect(links.length).toBe(1);
  });

  test.each([
    "session-unknown",
    "instance-closed",
    "ticket-missing",
    "ticket-expired",
    "ticket-forged",
    "ticket-used",
  ])("%s: joins anew at once, but at once only the first time", (code) => {
    const { room, enter, links, newest, pass } = rig();
    enter({ settings: settings(100, { reconnectAttempts: 2 }) });
    newest().lose();
    pass(500);
    newest().refuse(code);
    expect(links.length).toBe(3);
    expect(newest().target).toEqual({ type: "join" });
    expect(room.status).toMatchObject({ phase: "reconnecting", attempt: 1 });
    newest().refuse(code);
    expect(room.status).toMatchObject({ phase: "reconnecting", attempt: 2 });
    expect(links.length).toBe(3);
    pass(1_500);
    expect(links.length).toBe(4);
    newest().refuse(code);
    expect(room.status).toMatchObject({ phase: "closed", code: "unreachable" });
  });

  test("outdated is final: the page has to load the new rules", () => {
    const { room, enter, links, newest, pass } = rig();
    enter();
    newest().lose();
    pass(500);
    newest().refuse("outdated");
    expect(room.status).toEqual({ phase: "refused", code: "outdated", message: "Refused: outdated." });
    pass(20_000);
    expect(links.length).toBe(2);
  });

  test.each(["draining", "too-many"])("%s passes: the same is tried again later", (code) => {
    const { room, enter, newest, pass } = rig();
    enter({ session: undefined });
    newest().lose();
    pass(500);
    newest().refuse(code);
    expect(room.status).toMatchObject({ phase: "reconnecting", attempt: 2 });
    pass(1_000);
    expect(newest().target).toEqual({ type: "join" });
    expect(newest().inputs).toEqual([]);
  });
});

describe("a connection that the server closes", () => {
  test.each(["taken-over", "kicked", "game-failed"] as const)("%s: stays away, and says so", (code) => {
    const { room, enter, hear, links, newest, pass } = rig();
    enter();
    pass(100);
    hear("closed", { code, ...CLOSED });
    const sent = newest().inputs.length;
    pass(300);
    expect(newest().inputs.length).toBe(sent);
    newest().lose();
    expect(room.status).toEqual({ phase: "closed", code, message: CLOSED.message });
    pass(60_000);
    expect(links.length).toBe(1);
    // The actor is another connection's now: no goodbye of this one may take it away.
    expect(newest().end).toBeNull();
  });

  test.each([
    ["too-slow", "resume"],
    ["some-new-code", "resume"],
    ["instance-closed", "join"],
    ["server-closing", "join"],
  ])("%s: comes back by %s, without hurry", (code, type) => {
    const { room, enter, hear, links, newest, pass } = rig();
    enter();
    hear("closed", { code, ...CLOSED });
    newest().lose();
    expect(room.status).toMatchObject({ phase: "reconnecting", attempt: 1 });
    expect(links.length).toBe(1);
    pass(500);
    expect(newest().target.type).toBe(type);
  });

  test("but never ends it is lost like a silent one", () => {
    const { room, enter, hear, pass } = rig();
    enter();
    hear("closed", { code: "kicked", ...CLOSED });
    pass(6_500);
    expect(room.status).toMatchObject({ phase: "closed", code: "kicked" });
  });
});
