/** A server of one walker behind a network with delay and jitter, all in virtual time and by seed. */
import { newClock, withSample } from "../src/clock.ts";
import { NEW_PACER, type Pacer, steer } from "../src/pacer.ts";
import { newPilot, type Pilot } from "../src/pilot.ts";
import type { Confirmation } from "../src/prediction.ts";
import type { InputMessage } from "../src/protocol.ts";
import { toFields, toRow } from "../src/rows.ts";
import type { Rules } from "../src/rules.ts";
import { WALKER } from "./walker.ts";

const TICK_MILLIS = 100;
const STEP_MILLIS = 5;

export interface Sea {
  readonly oneWayMillis: number;
  readonly jitterMillis: number;
  readonly seed: number;
  readonly seconds: number;
  /** The rules of the client, where they are not the server's. */
  readonly clientRules?: Rules;
  /** Between these times the network holds everything back. */
  readonly stall?: readonly [from: number, to: number];
}

export interface Log {
  readonly confirmations: Confirmation[];
  /** Ticks that the server said it had begun without an input meant for them. */
  readonly late: Set<number>;
  readonly pilot: Pilot;
}

/** Sails for a while under random steering. */
export function sail({ oneWayMillis, jitterMillis, seed, seconds, clientRules = WALKER, stall }: Sea): Log {
  const random = randomBy(seed);
  const wires: { up: Wire<() => void>; down: Wire<() => void> } = { up: newWire(), down: newWire() };
  const confirmations: Confirmation[] = [];
  const late = new Set<number>();
  const row = new Int32Array(2);
  const window = new Map<number, { seq: number; late: number; message: InputMessage }>();
  let serverTick = 0;
  let current = new Int32Array(3);
  let pacer: Pacer = NEW_PACER;
  let clock = newClock(TICK_MILLIS);
  let now = 0;
  const pilot = newPilot(clientRules, 0, toFields(WALKER.actor, row), TICK_MILLIS);

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
    WALKER.step(row, current, 1, new Int32Array(0));
    const [tick, fields] = [serverTick, toFields(WALKER.actor, row)];
    wires.down.send(delay(), () => {
      const confirmation = pilot.confirm(tick, fields);
      if (confirmation !== null) confirmations.push(confirmation);
      if (taken === undefined) return;
      for (let missed = tick - taken.late; missed < tick; missed += 1) late.add(missed);
      pilot.acked({ type: "ack", tick, seq: taken.seq, late: taken.late });
    });
  }

  function receive(message: InputMessage): void {
    const stamp = message.tick ?? 0;
    const place = Math.max(stamp, serverTick + 1);
    const missed = Math.max(place - stamp, window.get(place)?.late ?? 0);
    window.set(place, { seq: message.seq, late: missed, message });
  }

  for (; now < seconds * 1000; now += STEP_MILLIS) {
    if (now > 0 && now % TICK_MILLIS === 0) serve();
    if (now % 1000 === 0) {
      const sentAtMillis = now;
      wires.up.send(delay(), () => {
        const [tick, elapsedMillis] = [serverTick, now - serverTick * TICK_MILLIS];
        wires.down.send(delay(), () => {
          clock = withSample(clock, { sentAtMillis, receivedAtMillis: now, tick, elapsedMillis });
        });
      });
    }
    if (random() < 0.02) pacer = steer(pacer, random() * 2 - 1, 0);
    for (const wire of [wires.up, wires.down]) for (const deliver of wire.arrived(now)) deliver();
    const advanced = pilot.advance(pacer, clock, now);
    pacer = advanced.pacer;
    for (const message of advanced.messages) wires.up.send(delay(), () => receive(message));
  }
  return { confirmations, late, pilot };
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
