/**
 * Sails the own actor ahead of the server: closes its ticks when they are over, sends their inputs, predicts, and keeps
 * the account when the server confirms. One pilot serves one connection and one actor.
 */
import { type Bundle, bundled, bundleTicks, NEW_BUNDLE } from "./bundle.ts";
import type { Clock } from "./clock.ts";
import { advanceLead, type Lead, moreCautious } from "./lead.ts";
import { closeTick, gathered, NEUTRAL, type Pacer } from "./pacer.ts";
import { CAPACITY, type Confirmation, newPrediction, type Prediction } from "./prediction.ts";
import type { Ack, Fields, Input, InputMessage } from "./protocol.ts";
import { sameRow, toFields, toRow } from "./rows.ts";
import type { Rules } from "./rules.ts";
import { millisBetween, settingsAt, type Timeline, ticksAfter } from "./timeline.ts";
import {
  type Divergence,
  NEW_WATCH,
  type Watch,
  withAck,
  withConfirmation,
  withDivergence,
} from "./watch.ts";

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
  /** Milliseconds until the tick in progress ends; null while nothing is predicted. */
  dueInMillis(nowMillis: number): number | null;
  /**
   * The server's word on the own actor at the end of a tick.
   *
   * @param touched whether something beside its own step has changed it, as the server says
   */
  confirm(tick: number, fields: Fields, touched?: boolean): Confirmation | null;
  /** Other settings hold from this tick on than was thought. */
  resettle(timeline: Timeline, fromTick: number): void;
  /** Goes on with another actor of the same kind, where the server has it; the inputs since then are the same. */
  adopt(tick: number, fields: Fields): void;
  acked(ack: Ack): void;
  /**
   * The server's word on the input with which it stepped the own actor in a tick.
   *
   * @param input of which only what everyone is told is looked at
   * @param late ticks that the newest input came too late
   */
  heard(tick: number, input: Int32Array, late: number): Ack;
  /** A check of frames has found that this side and the server do not compute the same. */
  diverged(divergence: Divergence): void;
  glimpse(pacer: Pacer, nowMillis: number): Glimpse | null;
}

/** After a sleep longer than this, in time and in ticks, the ticks slept through are not made up for. */
const MAX_SLEEP_MILLIS = 2_000;
const MAX_SLEEP_TICKS = CAPACITY - 4;
/** Ticks that a moved schedule may take back before the prediction begins anew with the server's word. */
const MAX_SET_BACK = 3;
/** Part of the lead's slack by which a bundle may use more than is to spare, as what is to spare is an estimate. */
const TOLERANCE_MILLIS = 10;

/** Begins with the server's word on the actor at the end of {@link tick}. */
export function newPilot(rules: Rules, known: Timeline, tick: number, fields: Fields): Pilot {
  let timeline = known;
  let prediction: Prediction = newPrediction(rules, timeline, tick, toRow(rules.actor, fields));
  let bundle: Bundle = NEW_BUNDLE;
  let lead: Lead | null = null;
  let watch: Watch = NEW_WATCH;
  /** After a long sleep of the page nothing is predicted until the server has said where the actor is. */
  let asleep = false;
  /** By tick: number of the newest input meant for it or an earlier one. */
  const meant = new Float64Array(CAPACITY);

  function toInputRow({ x, y, boost, fire = 0, lance = 0 }: Input): Int32Array {
    return toRow(rules.input, { x, y, boost, fire, lance });
  }

  /** Whether the server stepped a tick with the input that was meant for it, as far as it tells of inputs. */
  function isAsMeant(tick: number, input: Int32Array): boolean {
    const meant = prediction.inputOf(tick);
    return (
      meant !== null &&
      rules.input.fields.every(
        ({ audience, offset, length }) =>
          audience !== "everyone" ||
          sameRow(meant.subarray(offset, offset + length), input.subarray(offset, offset + length)),
      )
    );
  }

  function acked(ack: Ack): void {
    watch = withAck(watch, ack);
    if (lead === null || ack.late <= 0) return;
    lead = moreCautious(lead, ack.late, settingsAt(timeline, ack.tick).tickRate);
  }

  /** Whether the ticks up to this one are too many to be made up for. */
  function isFar(until: number): boolean {
    const sleepMillis = millisBetween(timeline, prediction.tick, until - 1);
    return until - prediction.tick > MAX_SLEEP_TICKS || sleepMillis >= MAX_SLEEP_MILLIS;
  }

  /** Ticks up to this one were over here before the first input could be sent: the server has none for them. */
  function drift(until: number): void {
    if (isFar(until)) return;
    while (prediction.tick < until) prediction.close(toInputRow(NEUTRAL));
  }

  function dueInMillis(nowMillis: number): number | null {
    if (lead === null || asleep) return null;
    const position = ticksAfter(timeline, lead.position, nowMillis - lead.atMillis);
    return Math.max(0, millisBetween(timeline, position, prediction.tick + 1));
  }

  /** How many ticks are sent together. After a change of settings that is no more than the lead has grown for. */
  function bundleTicksAt(tick: number, spareMillis: number): number {
    const settings = settingsAt(timeline, tick);
    const spareTicks = Math.floor((spareMillis + TOLERANCE_MILLIS) / settings.tickRate);
    return Math.min(bundleTicks(settings), 1 + spareTicks);
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
      asleep ||= isFar(over) || prediction.tick - over > MAX_SET_BACK;
      if (asleep) return { pacer, messages };
      while (prediction.tick < over) {
        const tick = prediction.tick + 1;
        const closed = closeTick(current, nowMillis, tick);
        current = closed.pacer;
        prediction.close(toInputRow(closed.input));
        meant[tick % CAPACITY] = current.seq;
        const sent = bundled(bundle, tick, closed.message, bundleTicksAt(tick, lead.spareMillis));
        bundle = sent.bundle;
        messages.push(...sent.messages);
      }
      return { pacer: current, messages };
    },
    dueInMillis,
    resettle(next, fromTick) {
      timeline = next;
      prediction.resettle(next, fromTick);
    },
    adopt(at, actual) {
      prediction.adopt(at, toRow(rules.actor, actual));
    },
    confirm(at, actual, touched = false) {
      if (asleep) {
        prediction = newPrediction(rules, timeline, at, toRow(rules.actor, actual));
        bundle = NEW_BUNDLE;
        asleep = false;
        return null;
      }
      const confirmation = prediction.confirm(at, toRow(rules.actor, actual), touched);
      if (confirmation === null) return null;
      watch = withConfirmation(watch, rules.actor, confirmation, meant[at % CAPACITY] ?? 0);
      return confirmation;
    },
    acked,
    diverged(divergence) {
      watch = withDivergence(watch, divergence);
    },
    heard(tick, input, late) {
      const meantSeq = meant[tick % CAPACITY] ?? 0;
      // It was an older one, or none: whichever, not this one.
      const seq = isAsMeant(tick, input) ? meantSeq : Math.max(0, meantSeq - 1);
      const ack: Ack = { type: "ack", tick, seq, late };
      acked(ack);
      return ack;
    },
    glimpse(pacer, nowMillis) {
      const endsInMillis = dueInMillis(nowMillis);
      if (endsInMillis === null) return null;
      const row = prediction.peek(toInputRow(gathered(pacer)));
      return { tick: prediction.tick + 1, fields: toFields(rules.actor, row), endsInMillis };
    },
  };
}
