/**
 * Which settings hold from which tick on, and so how long each tick lasts. Pure.
 *
 * A position is a tick with fraction: the server is at position T when it runs tick T. The positions from T up to T + 1
 * pass in as many milliseconds as the settings of tick T say.
 */
import type { Settings } from "./protocol.ts";

export interface Change {
  readonly atTick: number;
  readonly settings: Settings;
}

export interface Timeline {
  /** Hold until the first change; for ever if there is none. */
  readonly first: Settings;
  /** In order of their ticks, of which no two are the same. */
  readonly changes: readonly Change[];
}

/** Changes remembered; with more the oldest are forgotten, so that no server fills a client's memory. */
export const CHANGE_LIMIT = 64;

export function newTimeline(settings: Settings): Timeline {
  return { first: settings, changes: [] };
}

/** {@link timeline} with a change that was announced. A second one for the same tick takes the place of the first. */
export function withChange({ first, changes }: Timeline, change: Change): Timeline {
  const others = changes.filter(({ atTick }) => atTick !== change.atTick);
  const sorted = [...others, change].sort((a, b) => a.atTick - b.atTick);
  return pruned({ first, changes: sorted }, sorted.at(-CHANGE_LIMIT)?.atTick ?? Number.NEGATIVE_INFINITY);
}

/** {@link timeline} without what held only before {@link tick}. */
export function pruned(timeline: Timeline, tick: number): Timeline {
  const { changes } = timeline;
  if (changes[0] === undefined || changes[0].atTick > tick) return timeline;
  return { first: settingsAt(timeline, tick), changes: changes.filter(({ atTick }) => atTick > tick) };
}

/** The settings that tick {@link tick} is stepped with. */
export function settingsAt({ first, changes }: Timeline, tick: number): Settings {
  return changes.findLast(({ atTick }) => atTick <= tick)?.settings ?? first;
}

/** The position that is reached {@link millis} after the position {@link from}; before it, if they are negative. */
export function ticksAfter(timeline: Timeline, from: number, millis: number): number {
  let at = from;
  let left = millis;
  const eras = erasOf(timeline);
  for (const { end, tickMillis } of left > 0 ? eras : []) {
    if (end <= at) continue;
    const length = (end - at) * tickMillis;
    if (left <= length) return at + left / tickMillis;
    at = end;
    left -= length;
  }
  for (const { start, tickMillis } of left < 0 ? eras.reverse() : []) {
    if (start >= at) continue;
    const length = (at - start) * tickMillis;
    if (-left <= length) return at + left / tickMillis;
    at = start;
    left += length;
  }
  return at;
}

/** The time from one position to another; negative if the second comes first. */
export function millisBetween(timeline: Timeline, from: number, to: number): number {
  if (to < from) return -millisBetween(timeline, to, from);
  return erasOf(timeline).reduce(
    (sum, { start, end, tickMillis }) =>
      sum + Math.max(0, Math.min(to, end) - Math.max(from, start)) * tickMillis,
    0,
  );
}

interface Era {
  readonly start: number;
  readonly end: number;
  readonly tickMillis: number;
}

/** Stretches of ticks of one length, in order; the first and the last have no outer end. */
function erasOf({ first, changes }: Timeline): Era[] {
  return [first, ...changes.map(({ settings }) => settings)].map(({ tickRate }, index) => ({
    start: changes[index - 1]?.atTick ?? Number.NEGATIVE_INFINITY,
    end: changes[index]?.atTick ?? Number.POSITIVE_INFINITY,
    tickMillis: tickRate,
  }));
}
