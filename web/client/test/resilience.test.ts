import { expect, test } from "vitest";
import { newClock, withSample } from "../src/clock.ts";
import { NEW_PACER, steer } from "../src/pacer.ts";
import { newPilot } from "../src/pilot.ts";
import { toFields, toRow } from "../src/rows.ts";
import { rig } from "./rig.ts";
import { WALKER } from "./walker.ts";
import { STATE, settings, steady, WELCOME } from "./worlds.ts";

const AT_REST = toFields(WALKER.actor, new Int32Array(2));

test.each([
  [10, 200],
  [16, 300],
  [33, 600],
  [50, 900],
])("ticks of %i ms, %i ms away: inputs go out", (tickMillis, trip) => {
  const pilot = newPilot(WALKER, steady(tickMillis), 0, AT_REST);
  let clock = newClock(steady(tickMillis));
  let pacer = steer(NEW_PACER, 1, 0);
  let sent = 0;
  for (let now = 1_000; now < 6_000; now += 1) {
    const heardAt = now - trip / 2;
    const tick = Math.floor(heardAt / tickMillis);
    const sample = {
      sentAtMillis: now - trip,
      receivedAtMillis: now,
      tick,
      elapsedMillis: heardAt % tickMillis,
    };
    if (now % 500 === 0) clock = withSample(clock, sample);
    if (now % tickMillis === 0) pilot.confirm(tick, AT_REST);
    const advanced = pilot.advance(pacer, clock, now);
    pacer = advanced.pacer;
    sent += advanced.messages.length;
  }
  expect(sent).toBeGreaterThan(5);
});

test.each([8, 12, 20, 40])(
  "after the server's schedule moved by %i ticks the client is soon in step again",
  (stall) => {
    const trip = 60;
    const stallEnd = 10_000 + stall * 100;
    const serverAt = (millis: number): number =>
      millis < 10_000 ? millis / 100 : Math.max(100, (millis - stall * 100) / 100);
    const pilot = newPilot(WALKER, steady(100), 0, AT_REST);
    let clock = newClock(steady(100));
    let pacer = steer(NEW_PACER, 1, 0);
    let sentAt = 0;
    let silence = 0;
    let inStepAt = 0;
    for (let now = 1_000; now < 40_000; now += 5) {
      const heardAt = now - trip / 2;
      const tick = Math.floor(serverAt(heardAt));
      if (now % 1_000 === 0) {
        const stalled = heardAt >= 10_000 && heardAt < stallEnd;
        const elapsedMillis = stalled ? heardAt - 10_000 : (serverAt(heardAt) - tick) * 100;
        clock = withSample(clock, { sentAtMillis: now - trip, receivedAtMillis: now, tick, elapsedMillis });
      }
      if (now % 100 === 0) pilot.confirm(tick, AT_REST);
      const advanced = pilot.advance(pacer, clock, now);
      pacer = advanced.pacer;
      for (const message of advanced.messages) {
        if (now > stallEnd + 1_100) silence = Math.max(silence, now - sentAt);
        if ((message.tick ?? 0) - serverAt(now + trip / 2) > 3) inStepAt = now;
        sentAt = now;
      }
    }
    expect(silence).toBeLessThan(500);
    expect(inStepAt).toBeLessThan(stallEnd + 2_000);
  },
);

/** A room that predicts the own ship. */
async function predicting() {
  const rules = {
    configure: (tickRate: number, movementSpeed: number) =>
      WALKER.configure(settings(tickRate, { movementSpeed })),
    tables: () => JSON.stringify({ actors: [{ ...WALKER.actor, name: "ship" }], inputs: [WALKER.input] }),
    stepShip: WALKER.step,
  };
  const played = rig({ loadRules: () => Promise.resolve(rules) });
  played.hear("welcome", { ...WELCOME, rules: "/rules.js" });
  await Promise.resolve();
  await Promise.resolve();
  played.hear("state", STATE);
  played.pass(100);
  played.newest().deliver({ type: "clock", sentAtMillis: 50, tick: 41, elapsedMillis: 50 });
  played.room.advance(100);
  return played;
}

test("while the way back is sought nothing is predicted, and the room does not ask to be driven without pause", async () => {
  const { room, newest } = await predicting();
  expect(room.prediction).not.toBeNull();
  newest().lose();
  expect(room.status.phase).toBe("reconnecting");
  expect(room.prediction).toBeNull();
  expect(room.advance(500)).toBe(25);
});

test("a new actor of the same player is predicted with the inputs sent since, and without a correction", async () => {
  const { room, hear, pass } = await predicting();
  room.steer(1, 0);
  pass(500);
  const players = [{ player: "p1", name: "Ada", actor: 9 }];
  hear("update", { tick: 42, set: [{ id: 9, kind: "ship", x: 500, vx: 0 }], gone: [7], players });
  expect(room.me?.id).toBe(9);
  // Several ticks of full throttle; a prediction that began anew would have one.
  expect(room.glimpse(610)?.fields["x"]).toBeGreaterThan(530);
  expect(room.prediction).toMatchObject({ corrections: 0, divergence: null });
});

test("an update that cannot be read ends the connection, as what is known would stay wrong", async () => {
  const { room, hear } = await predicting();
  hear("update", { tick: "soon" });
  expect(room.unreadable).toBe(1);
  expect(room.status.phase).toBe("reconnecting");
});

test("who comes back is predicted from the first state on, as the rules are here", async () => {
  const { room, newest, enter, pass } = await predicting();
  newest().lose();
  pass(500);
  enter({ rules: "/rules.js" }, { tick: 50 });
  expect(room.prediction).not.toBeNull();
});

test("a room predicts across changes of tick and speed with the same pilot and without a correction", async () => {
  const { room, newest, hear, pass, now } = await predicting();
  const server = toRow(WALKER.actor, { x: 1, vx: 0 });
  let tick = 41;
  let input = new Int32Array(3);
  let inForce = settings(100);
  /** The server runs its next tick, with the newest input stamped for it or earlier. */
  const serve = (): void => {
    tick += 1;
    const { x = 0, y = 0, boost = 0 } = newest().inputs.findLast((sent) => (sent.tick ?? 0) <= tick) ?? {};
    input = toRow(WALKER.input, { x, y, boost }) as typeof input;
    WALKER.configure(inForce);
    WALKER.step(server, input, 1, new Int32Array(0));
    hear("update", { tick, set: [{ id: 7, ...toFields(WALKER.actor, server) }] });
  };
  const faster = settings(50, { movementSpeed: 30 });
  hear("settings", { settings: faster, atTick: 61 });
  for (let served = 0; served < 60; served += 1) {
    room.steer(served % 7 < 4 ? 1 : -0.5, 0);
    // Tick t + 1 is due when as much time has passed as the settings of tick t say.
    pass(inForce.tickRate);
    if (tick + 1 === 61) inForce = faster;
    serve();
    newest().deliver({ type: "clock", sentAtMillis: now(), tick, elapsedMillis: 0 });
    expect(room.settings.tickRate).toBe(tick >= 61 ? 50 : 100);
  }
  expect(room.prediction).toMatchObject({ corrections: 0, lateTicks: 0, divergence: null });
  expect(room.prediction?.confirmations).toBeGreaterThan(50);
  const endsIn = (millis: number): number => room.glimpse(now() + millis)?.endsInMillis ?? Number.NaN;
  expect(endsIn(0) - endsIn(5)).toBeCloseTo(5);
  expect(endsIn(0)).toBeLessThanOrEqual(50);
});
