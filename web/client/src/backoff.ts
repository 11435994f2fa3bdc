export const FIRST_DELAY_MILLIS = 500;
export const MAX_DELAY_MILLIS = 5_000;

/**
 * How long to wait before attempt number {@link attempt} (from 1): doubling up to a limit, then spread by a quarter
 * either way, so that the clients of a server that restarts do not come back all at once.
 *
 * @param random from 0 up to, not including, 1
 */
export function backoffMillis(attempt: number, random: number): number {
  const plain = Math.min(MAX_DELAY_MILLIS, FIRST_DELAY_MILLIS * 2 ** (attempt - 1));
  return Math.min(MAX_DELAY_MILLIS, plain * (0.75 + random / 2));
}
