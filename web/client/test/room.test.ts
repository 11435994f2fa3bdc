import { describe, expect, test } from "vitest";
import { createRoom } from "../src/drive.ts";
import type { LinkEvent } from "../src/link.ts";
import type { InputMessage } from "../src/protocol.ts";
import { SETTINGS, STATE, WELCOME } from "./worlds.ts";

/** A room whose links the test plays by hand, under a clock of its own. */
function harness() {
  const links: {
    deliver(event: LinkEvent): void;
    inputs: InputMessage[];
    questions: number;
    closed: boolean;
  }[] = [];
  let now = 0;
  const room = createRoom({
    dial: (deliver) => {
      const link = {
        deliver: (event: LinkEvent) => deliver(event, now),
        inputs: [] as InputMessage[],
        questions: 0,
        closed: false,
      };
      links.push(link);
      return {
        input: (message) => link.inputs.push(message),
        askClock: () => {
          link.questions += 1;
        },
        close: () => {
          link.closed = true;
        },
      };
    },
    loadRules: () => Promise.reject(new Error("this world has no rules for browsers")),
    random: () => 0.5,
    wake: () => room.advance(now),
  });
  const newest = () => {
    const link = links.at(-1);
    if (link === undefined) throw new Error("no link was dialled");
    return link;
  };
  const hear = (event: string, body: unknown) => newest().deliver({ type: "message", event, body });
  return {
    room,
    links,
    newest,
    hear,
    enter() {
      hear("welcome", WELCOME);
      hear("state", STATE);
    },
    /** Time passes without a single advance. */
    sleep(millis: number) {
      now += millis;
      room.advance(now);
    },
    /** Time passes in steps, each with an advance. */
    pass(millis: number) {
      for (const end = now + millis; now < end; ) {
        now += 25;
        room.advance(now);
      }
    },
  };
}

test("plays once welcome and state are here", () => {
  const { room, enter, hear } = harness();
  expect(room.status.phase).toBe("joining");
  enter();
  expect(room.status.phase).toBe("playing");
  expect(room.me?.fields).toEqual({ x: 1, y: 2 });
  hear("update", { tick: 42, set: [{ id: 7, x: 6 }] });
  expect(room.me).toMatchObject({ tick: 42, fields: { x: 6, y: 2 } });
});

test("sends input at once, and a heartbeat while nothing changes", () => {
  const { room, enter, newest, hear, pass } = harness();
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
  const { room, enter, newest, pass } = harness();
  enter();
  pass(600);
  expect(newest().questions).toBe(4);
  pass(2_000);
  expect(newest().questions).toBe(5);
  newest().deliver({ type: "clock", sentAtMillis: 2_560, tick: 60, elapsedMillis: 10 });
  expect(room.pingMillis).toBe(40);
  expect(room.serverTick(2_600)).toBeCloseTo(60.3);
});

test("settings hold from their tick on", () => {
  const { room, enter, hear } = harness();
  enter();
  hear("settings", { settings: { ...SETTINGS, tickRate: 50 }, atTick: 44 });
  hear("update", { tick: 43 });
  expect(room.settings.tickRate).toBe(100);
  hear("update", { tick: 44 });
  expect(room.settings.tickRate).toBe(50);
});

test("what cannot be read is counted and changes nothing", () => {
  const { room, enter, hear } = harness();
  enter();
  hear("update", { tick: "soon" });
  hear("gossip", {});
  expect(room.unreadable).toBe(2);
  expect(room.tick).toBe(41);
});

describe("when the connection is lost", () => {
  test("comes back by a fresh link, with the held direction and nothing of the old world", () => {
    const { room, enter, links, newest, hear, pass } = harness();
    enter();
    room.steer(0, -1);
    pass(100);
    newest().deliver({ type: "lost", message: "The connection broke." });
    expect(room.status).toEqual({ phase: "reconnecting", attempt: 1, limit: 2 });
    pass(475);
    expect(links.length).toBe(1);
    pass(25);
    expect(links.length).toBe(2);
    hear("welcome", { ...WELCOME, instance: "i2" });
    hear("update", { tick: 3, set: [{ id: 7, x: 99 }] });
    expect(room.status.phase).toBe("reconnecting");
    hear("state", { ...STATE, tick: 3 });
    expect(room.status.phase).toBe("playing");
    expect(room.instance).toBe("i2");
    expect(newest().inputs).toEqual([{ seq: 1, x: 0, y: -1, boost: 0 }]);
  });

  test("gives up after as many attempts as the settings allow", () => {
    const { room, enter, links, newest, pass } = harness();
    enter();
    for (let attempt = 1; attempt <= 2; attempt++) {
      newest().deliver({ type: "lost", message: "The server does not answer." });
      expect(room.status).toMatchObject({ phase: "reconnecting", attempt });
      pass(1_500);
    }
    newest().deliver({ type: "lost", message: "The server does not answer." });
    expect(room.status.phase).toBe("closed");
    pass(20_000);
    expect(links.length).toBe(3);
  });

  test("a steady connection counts its attempts anew, one that breaks at once does not", () => {
    const { room, enter, newest, hear, pass } = harness();
    enter();
    newest().deliver({ type: "lost", message: "" });
    pass(1_000);
    enter();
    newest().deliver({ type: "lost", message: "" });
    expect(room.status).toMatchObject({ attempt: 2 });
    pass(2_000);
    enter();
    pass(3_000);
    hear("update", { tick: 42 });
    pass(3_000);
    newest().deliver({ type: "lost", message: "" });
    expect(room.status).toMatchObject({ attempt: 1 });
  });

  test("silence is a loss, but not after a sleep of the page", () => {
    const { room, enter, newest, pass, sleep } = harness();
    enter();
    pass(5_000);
    sleep(500_000);
    pass(5_000);
    expect(room.status.phase).toBe("playing");
    pass(1_500);
    expect(room.status.phase).toBe("reconnecting");
    expect(newest().closed).toBe(true);
  });
});

describe("a refusal", () => {
  test("ends the first joining", () => {
    const { room, newest } = harness();
    newest().deliver({ type: "refused", code: "full", message: "No seat is free." });
    expect(room.status).toEqual({ phase: "refused", code: "full", message: "No seat is free." });
  });

  test("that a fresh join can cure is an attempt, any other is final", () => {
    const { room, enter, newest, pass } = harness();
    enter();
    newest().deliver({ type: "lost", message: "" });
    pass(500);
    newest().deliver({ type: "refused", code: "ticket-used", message: "" });
    expect(room.status).toMatchObject({ phase: "reconnecting", attempt: 2 });
    pass(1_000);
    newest().deliver({ type: "refused", code: "outdated", message: "Reload the page." });
    expect(room.status).toMatchObject({ phase: "refused", code: "outdated" });
  });
});

test("who leaves hangs up and stays away", () => {
  const { room, enter, links, newest, pass } = harness();
  enter();
  room.leave();
  expect(newest().closed).toBe(true);
  pass(10_000);
  expect(room.status.phase).toBe("closed");
  expect(links.length).toBe(1);
});
