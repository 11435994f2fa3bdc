/**
 * How far the client is ahead of the server. A client tick ends so early that its input, sent at once, is there when the
 * server begins that tick: half a round trip, the jitter seen lately, and a little more. The lead follows that aim
 * slowly, so that no tick is noticeably longer than another. Pure.
 */
import { type Clock, serverTick, trips } from "./clock.ts";

export interface Lead {
  /** The client's tick with fraction: tick t is in progress from t − 1 to t. */
  readonly position: number;
  readonly atMillis: number;
  /** Added since inputs came late; decays. */
  readonly cautionMillis: number;
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

/** {@link lead} at a later time; null while the server's clock is not known. */
export function advanceLead(lead: Lead | null, clock: Clock, nowMillis: number): Lead | null {
  const cautionMillis = lead === null ? 0 : decayed(lead, nowMillis);
  const wanted = aim(clock, nowMillis, cautionMillis);
  if (wanted === null) return lead;
  const { epoch } = clock;
  if (lead === null) return { position: wanted, atMillis: nowMillis, cautionMillis, epoch };
  const elapsed = (nowMillis - lead.atMillis) / clock.tickMillis;
  const off = wanted - (lead.position + elapsed);
  const slew = Math.max(-MAX_SLEW * elapsed, Math.min(MAX_SLEW * elapsed, off));
  const lost = off > MAX_BEHIND || lead.epoch !== epoch;
  const position = lost ? wanted : lead.position + elapsed + slew;
  return { position, atMillis: nowMillis, cautionMillis, epoch };
}

/** The lead after the server said that an input came {@link lateTicks} too late. */
export function moreCautious(lead: Lead, lateTicks: number, tickMillis: number): Lead {
  const more = Math.min(lateTicks, 1) * (tickMillis / 4);
  return { ...lead, cautionMillis: Math.min(MAX_CAUTION_MILLIS, lead.cautionMillis + more) };
}

function decayed(lead: Lead, nowMillis: number): number {
  return lead.cautionMillis * 0.5 ** ((nowMillis - lead.atMillis) / CAUTION_HALF_LIFE_MILLIS);
}

function aim(clock: Clock, nowMillis: number, cautionMillis: number): number | null {
  const server = serverTick(clock, nowMillis);
  if (server === null) return null;
  const { shortestMillis, jitterMillis } = trips(clock);
  return server + (shortestMillis / 2 + jitterMillis + SLACK_MILLIS + cautionMillis) / clock.tickMillis;
}
