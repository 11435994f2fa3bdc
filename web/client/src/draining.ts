/** When to leave an instance that closes. Pure. */

const MAX_SPREAD_MILLIS = 20_000;

/**
 * How long to stay: a random time within the second half of what is left, so that those who play there do not all ask
 * for another seat in the same moment.
 *
 * @param random from 0 up to, not including, 1
 */
export function stayMillis(inMillis: number, random: number): number {
  const half = Math.max(0, inMillis) / 2;
  return half + random * Math.min(half, MAX_SPREAD_MILLIS);
}
