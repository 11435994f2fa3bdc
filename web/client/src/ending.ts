/** How a connection ended, and what follows from it. Pure. */
import type { ClosedCode, FinalStatus } from "./status.ts";
import { JOIN, type Target } from "./target.ts";

export type Ending =
  /** The server refused the seat or the connection. */
  | { readonly type: "refused"; readonly code: string; readonly message: string }
  /** The server said why, and ended it. */
  | { readonly type: "closed"; readonly code: string; readonly message: string }
  /** It broke, or never came about. */
  | { readonly type: "lost"; readonly message: string };

export type Sequel =
  | {
      readonly type: "dial";
      readonly target: Target;
      /** The server has said what to do instead: there is nothing to wait for. */
      readonly hurry: boolean;
      readonly message: string;
    }
  | { readonly type: "over"; readonly status: FinalStatus };

/**
 * Refusals that a fresh join can cure: the ticket aged or was spent on the way, or session or instance are gone and
 * another may have room.
 */
const JOIN_ANEW: ReadonlySet<string> = new Set([
  "ticket-missing",
  "ticket-expired",
  "ticket-forged",
  "ticket-used",
  "session-unknown",
  "instance-closed",
]);

/** Refusals that pass: another node answers next time, or this one when fewer ask. Others (full, outdated) would come again. */
const PASSING: ReadonlySet<string> = new Set(["draining", "too-many"]);

/** Ends after which coming back would only lead to the same end. */
const FINAL: readonly ClosedCode[] = ["taken-over", "kicked", "game-failed"];

/**
 * What follows when a connection to {@link target} has ended.
 *
 * @param resume how to take it up again; null if it never got so far
 */
export function sequel(ending: Ending, target: Target, resume: Target | null): Sequel {
  const { message } = ending;
  const again: Sequel = { type: "dial", target: resume ?? target, hurry: false, message };
  switch (ending.type) {
    case "lost":
      return again;
    case "refused":
      if (JOIN_ANEW.has(ending.code)) return { type: "dial", target: JOIN, hurry: true, message };
      if (PASSING.has(ending.code)) return again;
      return { type: "over", status: { phase: "refused", code: ending.code, message } };
    case "closed": {
      const code = FINAL.find((final) => final === ending.code);
      if (code) return { type: "over", status: { phase: "closed", code, message } };
      // Without hurry: all who play there are told at the same moment.
      if (ending.code === "instance-closed" || ending.code === "server-closing") {
        return { type: "dial", target: JOIN, hurry: false, message };
      }
      return again;
    }
    default:
      return ending satisfies never;
  }
}
