/** What to dial: the three ways to a seat. */
export type Target =
  /** Asks for a new seat over HTTP. */
  | { readonly type: "join" }
  /** Takes up a session again, with its newest secret. */
  | { readonly type: "resume"; readonly address: string; readonly session: string }
  /** Takes a seat that is granted already. */
  | { readonly type: "seat"; readonly address: string; readonly ticket: string };

export const JOIN: Target = { type: "join" };
