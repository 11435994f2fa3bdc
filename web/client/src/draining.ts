/** When to leave an instance that closes. Pure. */

const MAX_SPREAD_MILLIS = 20_000;
/** The part of the second half in which one leaves; the rest is for getting there before it closes. */
const LEAVING = 0.7;

/**
 * How long to stay: a random time within the second half of what is left, so that those who play there do not all ask
 * for another seat in the same moment.
 *
 * @param random from 0 up to, not including, 1
 */
export function stayMillis(inMillis: number, random: number): number {
  const half = Math.max(0, inMillis) / 2;
  return half + random * Math.min(half * LEAVING, MAX_SPREAD_MILLIS);
}
