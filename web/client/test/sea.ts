/** A server of one walker behind a network with delay and jitter, all in virtual time and by seed. */
import { newClock, oldestTick, withSample, withTimeline } from "../src/clock.ts";
import { NEW_PACER, type Pacer, steer } from "../src/pacer.ts";
import { newPilot, type Pilot } from "../src/pilot.ts";
import type { Confirmation } from "../src/prediction.ts";
import type { InputMessage, Settings } from "../src/protocol.ts";
import { toFields, toRow } from "../src/rows.ts";
import type { Rules } from "../src/rules.ts";
import { newTimeline, pruned, settingsAt, withChange } from "../src/timeline.ts";
import { WALKER } from "./walker.ts";
import { SETTINGS } from "./worlds.ts";

/** How far ahead the server announces a change, and the furthest stamp that it lets wait. */
const NOTICE_MILLIS = 1_000;
const WINDOW_TICKS = 16;

export interface Sea {
  readonly oneWayMillis: number;
  readonly jitterMillis: number;
  readonly seed: number;
  readonly seconds: number;
  readonly settings?: Settings;
  /** What the server announces at these times. */
  readonly changes?: readonly { readonly atMillis: number; readonly settings: Settings }[];
  /** The rules of the client, where they are not the server's. */
  readonly clientRules?: Rules;
  /** Between these times the network holds everything back. */
  readonly stall?: readonly [from: number, to: number];
  /** How often a new direction is wanted, of all milliseconds. */
  readonly restlessness?: number;
  /** How often time stops; no tick may be shorter, nor begin between two stops. */
  readonly stepMillis?: number;
}

/** An input as the server received it: so many of its own ticks before the one it is meant for, negative if late. */
export interface Arrival {
  readonly sentAtMillis: number;
  readonly marginTicks: number;
  readonly message: InputMessage;
}

export interface Log {
  readonly confirmations: Confirmation[];
  /** Ticks that the server said it had begun without an input meant for them. */
  readonly late: Set<number>;
  readonly arrivals: Arrival[];
  readonly pilot: Pilot;
  /** First tick of each change. */
  readonly changedAt: number[];
}

/** Sails for a while under random steering. */
export function sail({
  oneWayMillis,
  jitterMillis,
  seed,
  seconds,
  settings = SETTINGS,
  changes = [],
  clientRules = WALKER,
  stall,
  restlessness = 0.004,
  stepMillis = 5,
}: Sea): Log {
  const random = randomBy(seed);
  const wires: { up: Wire<() => void>; down: Wire<() => void> } = { up: newWire(), down: newWire() };
  const confirmations: Confirmation[] = [];
  const arrivals: Arrival[] = [];
  const changedAt: number[] = [];
  const late = new Set<number>();
  const row = new Int32Array(2);
  const window = new Map<number, { seq: number; late: number; message: InputMessage }>();
  let timeline = newTimeline(settings);
  let serverTick = 0;
  let dueMillis = 0;
  let current = new Int32Array(3);
  let pacer: Pacer = NEW_PACER;
  let clock = newClock(timeline);
  let confirmedTick = 0;
  let now = 0;
  const pilot = newPilot(clientRules, timeline, 0, toFields(WALKER.actor, row));

  const delay = (): number => {
    const free = now + oneWayMillis + random() * jitterMillis;
    return stall !== undefined && now >= stall[0] && now < stall[1] ? stall[1] + free - now : free;
  };

  function serve(): void {
    serverTick += 1;
    const taken = window.get(serverTick);
    window.delete(serverTick);
    if (taken !== undefined) {
      const { x, y, boost } = taken.message;
      current = toRow(WALKER.input, { x, y, boost }) as typeof current;
    }
    WALKER.configure(settingsAt(timeline, serverTick));
    WALKER.step(row, current, 1, new Int32Array(0));
    const [tick, fields] = [serverTick, toFields(WALKER.actor, row)];
    wires.down.send(delay(), () => {
      confirmedTick = tick;
      const confirmation = pilot.confirm(tick, fields);
      if (confirmation !== null) confirmations.push(confirmation);
      if (taken === undefined) return;
      for (let missed = tick - taken.late; missed < tick; missed += 1) late.add(missed);
      pilot.acked({ type: "ack", tick, seq: taken.seq, late: taken.late });
    });
  }

  /** From the first tick on that is due after the notice. */
  function announce(next: Settings): void {
    let atTick = serverTick;
    for (let due = dueMillis; due < now + NOTICE_MILLIS; atTick += 1) {
      due += settingsAt(timeline, atTick).tickRate;
    }
    timeline = withChange(timeline, { atTick, settings: next });
    changedAt.push(atTick);
    wires.down.send(delay(), () => {
      const needed = Math.min(confirmedTick, oldestTick(clock));
      const known = withChange(pruned(clock.timeline, needed), { atTick, settings: next });
      clock = withTimeline(clock, known);
      pilot.resettle(known, atTick);
    });
  }

  function receive(message: InputMessage, sentAtMillis: number): void {
    const stamp = message.tick ?? 0;
    arrivals.push({ sentAtMillis, marginTicks: stamp - serverTick - 1, message });
    if (stamp - serverTick > WINDOW_TICKS) return;
    const place = Math.max(stamp, serverTick + 1);
    const missed = Math.max(place - stamp, window.get(place)?.late ?? 0);
    window.set(place, { seq: message.seq, late: missed, message });
  }

  for (; now < seconds * 1000; now += stepMillis) {
    for (const change of changes) if (change.atMillis === now) announce(change.settings);
    while (now >= dueMillis + settingsAt(timeline, serverTick).tickRate) {
      dueMillis += settingsAt(timeline, serverTick).tickRate;
      serve();
    }
    if (now % 1000 === 0) {
      const sentAtMillis = now;
      wires.up.send(delay(), () => {
        const [tick, elapsedMillis] = [serverTick, now - dueMillis];
        wires.down.send(delay(), () => {
          clock = withSample(clock, { sentAtMillis, receivedAtMillis: now, tick, elapsedMillis });
        });
      });
    }
    if (random() < restlessness * stepMillis) pacer = steer(pacer, random() * 2 - 1, 0);
    for (const wire of [wires.up, wires.down]) for (const deliver of wire.arrived(now)) deliver();
    const advanced = pilot.advance(pacer, clock, now);
    pacer = advanced.pacer;
    const sentAtMillis = now;
    for (const message of advanced.messages) wires.up.send(delay(), () => receive(message, sentAtMillis));
  }
  return { confirmations, late, arrivals, pilot, changedAt };
}

interface Wire<T> {
  send(atMillis: number, parcel: T): void;
  arrived(nowMillis: number): T[];
}

/** Keeps the order, as TCP does: a late parcel holds back those behind it. */
function newWire<T>(): Wire<T> {
  const queue: { atMillis: number; parcel: T }[] = [];
  return {
    send: (atMillis, parcel) => queue.push({ atMillis, parcel }),
    arrived(nowMillis) {
      const parcels: T[] = [];
      while (queue[0] !== undefined && queue[0].atMillis <= nowMillis) {
        parcels.push(queue[0].parcel);
        queue.shift();
      }
      return parcels;
    },
  };
}

/** A small generator of its own, so that a failure can be looked at again by its seed ("mulberry32", Tommy Ettinger). */
function randomBy(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), 1 | state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
}
