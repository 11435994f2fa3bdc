/** Why a room is closed for good. */
export type ClosedCode =
  /** By the player. */
  | "left"
  /** There is no server, or the way back was not found. */
  | "unreachable"
  /** The player has a newer connection, in another tab or elsewhere. */
  | "taken-over"
  | "kicked"
  /** The game failed over what the player did or over their coming: it would again. */
  | "game-failed";

/** Where a room stands, as one closed union that a page can show. */
export type Status =
  /** The seat is asked for, or the world is not here yet. */
  | { readonly phase: "joining" }
  | { readonly phase: "playing" }
  /** The connection is gone; attempt `attempt` of `limit` is awaited or under way. */
  | { readonly phase: "reconnecting"; readonly attempt: number; readonly limit: number }
  /** The server does not want this client, for a reason of its own; trying again is for the player to decide. */
  | { readonly phase: "refused"; readonly code: string; readonly message: string }
  | { readonly phase: "closed"; readonly code: ClosedCode; readonly message: string };

/** A status that nothing follows. */
export type FinalStatus = Extract<Status, { readonly phase: "refused" | "closed" }>;
