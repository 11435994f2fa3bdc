/**
 * Sails the own actor ahead of the server: closes its ticks when they are over, sends their inputs, predicts, and keeps
 * the account when the server confirms. One pilot serves one connection and one actor.
 */
import type { Clock } from "./clock.ts";
import { advanceLead, type Lead, moreCautious } from "./lead.ts";
import { closeTick, gathered, NEUTRAL, type Pacer } from "./pacer.ts";
import { CAPACITY, type Confirmation, newPrediction, type Prediction } from "./prediction.ts";
import type { Ack, Fields, Input, InputMessage } from "./protocol.ts";
import { toFields, toRow } from "./rows.ts";
import type { Rules } from "./rules.ts";
import { NEW_WATCH, type Watch, withAck, withConfirmation } from "./watch.ts";

/** The own actor as it will be at the end of the tick in progress, if what is wanted now stays wanted. */
export interface Glimpse {
  readonly tick: number;
  readonly fields: Fields;
  /** Until that end; a picture that gets there in this time moves evenly. */
  readonly endsInMillis: number;
}

export interface Pilot {
  readonly watch: Watch;
  /** Closes the ticks that are over and hands out what is to be sent. */
  advance(pacer: Pacer, clock: Clock, nowMillis: number): { pacer: Pacer; messages: readonly InputMessage[] };
  /** Milliseconds until the tick in progress ends; null while the server's clock is not known. */
  dueInMillis(nowMillis: number): number | null;
  /** The server's word on the own actor at the end of a tick. */
  confirm(tick: number, fields: Fields): Confirmation | null;
  acked(ack: Ack): void;
  glimpse(pacer: Pacer, nowMillis: number): Glimpse | null;
}

/** Ticks closed at most in one go; the server takes no inputs for more. */
const MAX_CLOSED = 20;

/** Begins with the server's word on the actor at the end of {@link tick}. */
export function newPilot(rules: Rules, tick: number, fields: Fields, tickMillis: number): Pilot {
  let prediction: Prediction = newPrediction(rules, tick, toRow(rules.actor, fields));
  let lead: Lead | null = null;
  let watch: Watch = NEW_WATCH;
  /** After a long sleep of the page nothing is predicted until the server has said where the actor is. */
  let asleep = false;
  /** By tick: number of the newest input meant for it or an earlier one. */
  const meant = new Float64Array(CAPACITY);

  function toInputRow({ x, y, boost }: Input): Int32Array {
    return toRow(rules.input, { x, y, boost });
  }

  /** Ticks up to this one were over here before the first input could be sent: the server has none for them. */
  function drift(until: number): void {
    while (prediction.tick < until && until - prediction.tick <= MAX_CLOSED) {
      prediction.close(toInputRow(NEUTRAL));
    }
  }

  return {
    get watch() {
      return watch;
    },
    advance(pacer, clock, nowMillis) {
      const begins = lead === null;
      lead = advanceLead(lead, clock, nowMillis);
      const messages: InputMessage[] = [];
      if (lead === null) return { pacer, messages };
      let current = pacer;
      const over = Math.floor(lead.position);
      if (begins) drift(over);
      asleep ||= over - prediction.tick > MAX_CLOSED;
      if (asleep) return { pacer, messages };
      while (prediction.tick < over) {
        const closed = closeTick(current, nowMillis, prediction.tick + 1);
        current = closed.pacer;
        prediction.close(toInputRow(closed.input));
        meant[prediction.tick % CAPACITY] = current.seq;
        if (closed.message !== null) messages.push(closed.message);
      }
      return { pacer: current, messages };
    },
    dueInMillis(nowMillis) {
      if (lead === null) return null;
      const position = lead.position + (nowMillis - lead.atMillis) / tickMillis;
      return Math.max(0, (prediction.tick + 1 - position) * tickMillis);
    },
    confirm(at, actual) {
      if (asleep) {
        prediction = newPrediction(rules, at, toRow(rules.actor, actual));
        asleep = false;
        return null;
      }
      const confirmation = prediction.confirm(at, toRow(rules.actor, actual));
      if (confirmation === null) return null;
      watch = withConfirmation(watch, rules.actor, confirmation, meant[at % CAPACITY] ?? 0);
      return confirmation;
    },
    acked(ack) {
      watch = withAck(watch, ack);
      if (lead !== null && ack.late > 0) lead = moreCautious(lead, ack.late, tickMillis);
    },
    glimpse(pacer, nowMillis) {
      const endsInMillis = this.dueInMillis(nowMillis);
      if (endsInMillis === null || asleep) return null;
      const row = prediction.peek(toInputRow(gathered(pacer)));
      return { tick: prediction.tick + 1, fields: toFields(rules.actor, row), endsInMillis };
    },
  };
}
