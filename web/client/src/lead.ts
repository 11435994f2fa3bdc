/**
 * How far the client is ahead of the server. A client tick ends so early that its input, sent at once, is there when the
 * server begins that tick: half a round trip, the jitter seen lately, a little more, and the time for which inputs wait to be
 * sent together. The lead follows that aim slowly, so that no tick is noticeably longer than another. Pure.
 */
import { bundleMillis } from "./bundle.ts";
import { type Clock, serverTick, trips } from "./clock.ts";
import { millisBetween, settingsAt, ticksAfter } from "./timeline.ts";

export interface Lead {
  /** The client's tick with fraction: tick t is in progress from t − 1 to t. */
  readonly position: number;
  readonly atMillis: number;
  /** Added since inputs came late; decays. */
  readonly cautionMillis: number;
  /** How much further ahead it is than inputs need that are sent at once: so long they may wait for company. */
  readonly spareMillis: number;
  /** Of the clock that it follows. */
  readonly epoch: number;
}

/** For timers, the browser's event loop and the server's. */
const SLACK_MILLIS = 20;
/** The clock of the client runs this much faster or slower at most while it follows the aim. */
const MAX_SLEW = 0.04;
/**
 * Ticks behind beyond which the position is set and not led: behind costs late inputs. It is never set back, as that would
 * mean to say nothing for so long that the server takes it for silence, unless the server's schedule itself has moved.
 */
const MAX_BEHIND = 3;
const CAUTION_HALF_LIFE_MILLIS = 15_000;
const MAX_CAUTION_MILLIS = 300;
/** The server refuses stamps more than 16 ticks ahead; with short ticks, caution and bundles end here. */
const MAX_AHEAD_TICKS = 14;

/** {@link lead} at a later time; null while the server's clock is not known. */
export function advanceLead(lead: Lead | null, clock: Clock, nowMillis: number): Lead | null {
  const cautionMillis = lead === null ? 0 : decayed(lead, nowMillis);
  const aim = aimAt(clock, nowMillis, cautionMillis);
  if (aim === null) return lead;
  const { timeline, epoch } = clock;
  const led = lead === null || lead.epoch !== epoch ? null : follow(lead, clock, nowMillis, aim);
  const position = led ?? aim.wanted;
  const spareMillis = Math.max(0, millisBetween(timeline, aim.needed, position));
  return { position, atMillis: nowMillis, cautionMillis, spareMillis, epoch };
}

/** The lead after the server said that an input came {@link lateTicks} too late. */
export function moreCautious(lead: Lead, lateTicks: number, tickMillis: number): Lead {
  const more = Math.min(lateTicks, 1) * (tickMillis / 4);
  return { ...lead, cautionMillis: Math.min(MAX_CAUTION_MILLIS, lead.cautionMillis + more) };
}

/** Positions: where inputs that are sent at once are in time, and where those are that wait for company. */
interface Aim {
  readonly needed: number;
  readonly wanted: number;
}

/** The position on its way to the aim; null if it is so far behind that leading it there would take too long. */
function follow(lead: Lead, { timeline }: Clock, nowMillis: number, aim: Aim): number | null {
  const elapsedMillis = nowMillis - lead.atMillis;
  const unled = ticksAfter(timeline, lead.position, elapsedMillis);
  if (aim.needed - unled > MAX_BEHIND) return null;
  const offMillis = millisBetween(timeline, unled, aim.wanted);
  const slewMillis = Math.max(-MAX_SLEW * elapsedMillis, Math.min(MAX_SLEW * elapsedMillis, offMillis));
  return ticksAfter(timeline, lead.position, elapsedMillis + slewMillis);
}

function decayed(lead: Lead, nowMillis: number): number {
  return lead.cautionMillis * 0.5 ** ((nowMillis - lead.atMillis) / CAUTION_HALF_LIFE_MILLIS);
}

function aimAt(clock: Clock, nowMillis: number, cautionMillis: number): Aim | null {
  const server = serverTick(clock, nowMillis);
  if (server === null) return null;
  const { timeline } = clock;
  const { shortestMillis, jitterMillis } = trips(clock);
  const arrival = ticksAfter(timeline, server, shortestMillis / 2);
  const settings = settingsAt(timeline, Math.floor(arrival));
  const maxMillis = MAX_AHEAD_TICKS * settings.tickRate;
  const neededMillis = Math.min(maxMillis, jitterMillis + SLACK_MILLIS + cautionMillis);
  const wantedMillis = Math.min(maxMillis, neededMillis + bundleMillis(settings));
  return {
    needed: ticksAfter(timeline, arrival, neededMillis),
    wanted: ticksAfter(timeline, arrival, wantedMillis),
  };
}
