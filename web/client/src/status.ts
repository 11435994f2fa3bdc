/** Where a room stands, as one closed union that a page can show. */
export type Status =
  /** The seat is asked for, or the world is not here yet. */
  | { readonly phase: "joining" }
  | { readonly phase: "playing" }
  /** The connection is gone; attempt `attempt` of `limit` is awaited or under way. */
  | { readonly phase: "reconnecting"; readonly attempt: number; readonly limit: number }
  /** The server does not want this client; trying again is for the player to decide. */
  | { readonly phase: "refused"; readonly code: string; readonly message: string }
  /** Left, or given up. */
  | { readonly phase: "closed"; readonly message: string };

/**
 * Refusals that a fresh join can cure: the ticket aged or was spent on the way, or the instance is gone and another may
 * have room. Everything else (full, outdated, …) would be refused again.
 */
const CURABLE: ReadonlySet<string> = new Set([
  "ticket-missing",
  "ticket-expired",
  "ticket-forged",
  "ticket-used",
  "session-unknown",
  "instance-closed",
]);

export function isCurable(code: string): boolean {
  return CURABLE.has(code);
}
