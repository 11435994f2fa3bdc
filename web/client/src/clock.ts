/**
 * An estimate of the server's tick clock from `clock` questions. Pure; all times are milliseconds of one monotonic
 * clock of the client.
 */
import { median } from "./median.ts";
import { millisBetween, settingsAt, type Timeline, ticksAfter } from "./timeline.ts";

/** One question and its answer: the server had run `tick`, `elapsedMillis` before it answered. */
export interface ClockSample {
  readonly sentAtMillis: number;
  readonly receivedAtMillis: number;
  readonly tick: number;
  readonly elapsedMillis: number;
}

export interface Clock {
  /** How long each tick is. */
  readonly timeline: Timeline;
  /** Newest last, at most {@link SAMPLE_LIMIT}. */
  readonly samples: readonly ClockSample[];
  /** How often the server's schedule was found to have moved. */
  readonly epoch: number;
}

export const SAMPLE_LIMIT = 8;

export function newClock(timeline: Timeline): Clock {
  return { timeline, samples: [], epoch: 0 };
}

/**
 * {@link clock} with one more answer. An answer is off by half its round trip at most; if it contradicts the estimate
 * by more than that and a tick, the server's schedule has moved (a stall, a recovery) and the older ones are void.
 */
export function withSample(clock: Clock, sample: ClockSample): Clock {
  const expected = serverTick(clock, sample.receivedAtMillis);
  const alone = { ...clock, samples: [sample] };
  const told = serverTick(alone, sample.receivedAtMillis);
  if (expected === null || told === null) return alone;
  const { tickRate } = settingsAt(clock.timeline, Math.floor(told));
  const doubtMillis = tickRate + Math.max(roundTrip(sample), ...clock.samples.map(roundTrip));
  if (Math.abs(millisBetween(clock.timeline, expected, told)) > doubtMillis)
    return { ...alone, epoch: clock.epoch + 1 };
  return { ...clock, samples: [...clock.samples, sample].slice(-SAMPLE_LIMIT) };
}

/** What is known of the length of ticks has changed; the answers stay true, as each names its tick. */
export function withTimeline(clock: Clock, timeline: Timeline): Clock {
  return { ...clock, timeline };
}

/** The oldest tick that an answer still in use names; none before the first. */
export function oldestTick({ samples }: Clock): number {
  return Math.min(...samples.map(({ tick }) => tick));
}

/** Median round trip of the recent answers; null before the first. */
export function rttMillis(clock: Clock): number | null {
  return median(clock.samples.map(roundTrip));
}

/**
 * The server's tick, with fraction, at `nowMillis`; null before the first answer. It trusts the answer with the
 * shortest round trip, whose way there and back can have been uneven the least (the rule of NTP's clock filter).
 */
export function serverTick(clock: Clock, nowMillis: number): number | null {
  const first = clock.samples[0];
  if (first === undefined) return null;
  const best = clock.samples.reduce((a, b) => (roundTrip(b) <= roundTrip(a) ? b : a), first);
  const sinceTickMillis = best.elapsedMillis + roundTrip(best) / 2 + (nowMillis - best.receivedAtMillis);
  return ticksAfter(clock.timeline, best.tick, sinceTickMillis);
}

/** The part of all round trips, by length, at which the one stands that counts as long. */
const LONG_TRIP = 0.8;

/** The shortest round trip, and how much longer a long one takes; 0 before the first answer. */
export function trips(clock: Clock): { readonly shortestMillis: number; readonly jitterMillis: number } {
  const sorted = clock.samples.map(roundTrip).sort((a, b) => a - b);
  const shortestMillis = sorted[0] ?? 0;
  // Not the longest: that one may have waited for this page and not for the network.
  const long = sorted[Math.floor((sorted.length - 1) * LONG_TRIP)] ?? shortestMillis;
  return { shortestMillis, jitterMillis: long - shortestMillis };
}

function roundTrip(sample: ClockSample): number {
  return sample.receivedAtMillis - sample.sentAtMillis;
}
