/** When to try again. Pure. */

export const FIRST_DELAY_MILLIS = 1_000;
export const MAX_DELAY_MILLIS = 12_000;
/** With five attempts, a server that is back within eight seconds finds all but a few in a hundred of its players. */
const GROWTH = 3;

/**
 * How long to wait before attempt number {@link attempt} (from 1): anything from nothing to a limit that triples ("full
 * jitter"), so that the clients of a server that restarts come back spread as evenly as can be.
 *
 * @param random from 0 up to, not including, 1
 */
export function backoffMillis(attempt: number, random: number): number {
  return random * Math.min(MAX_DELAY_MILLIS, FIRST_DELAY_MILLIS * GROWTH ** (attempt - 1));
}

/** The attempts since a connection last held. */
export interface Attempts {
  readonly count: number;
  /** One of them was made without a wait. A second one is not, so that two servers cannot send a client in circles. */
  readonly hurried: boolean;
}

export const NO_ATTEMPTS: Attempts = { count: 0, hurried: false };

/** Whether one more attempt may be made. */
export function mayTry(attempts: Attempts, hurry: boolean, limit: number): boolean {
  return nextAttempt(attempts, hurry, 0).attempts.count <= limit;
}

/** The attempts with one more, and the wait before it; a first one in a hurry is part of the attempt that led to it. */
export function nextAttempt(
  { count, hurried }: Attempts,
  hurry: boolean,
  random: number,
): { readonly attempts: Attempts; readonly waitMillis: number } {
  const atOnce = hurry && !hurried;
  const isPartOfLast = atOnce && count > 0;
  return {
    // The server is there and says how to come back: that must not fail because it was the last attempt that found it.
    attempts: { count: isPartOfLast ? count : count + 1, hurried: hurried || hurry },
    waitMillis: atOnce ? 0 : backoffMillis(count + 1, random),
  };
}
