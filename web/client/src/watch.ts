/**
 * Keeps the account of a prediction: how often it was wrong, and why. The server says of each late input how many ticks
 * went without it, so a correction in one of those is explained. One that stays unexplained means that both sides do not
 * run the same rules, or that something else moved the actor. Pure.
 */
import type { Confirmation } from "./prediction.ts";
import type { Ack, FieldValue } from "./protocol.ts";
import { type Difference, differences, type Table } from "./rows.ts";

/** A tick that server and client computed differently, though the server had all inputs in time. */
export interface Divergence {
  readonly tick: number;
  readonly kind: string;
  /** The first field that differs, and both values of it. */
  readonly field: string;
  readonly predicted: FieldValue;
  readonly actual: FieldValue;
  readonly differences: readonly Difference[];
}

export interface Watch {
  /** Ticks whose prediction was compared with the server's word. */
  readonly confirmations: number;
  /** How many of them were wrong. */
  readonly corrections: number;
  /** How many ticks the server began without an input meant for them. */
  readonly lateTicks: number;
  /** Largest difference of the newest comparison, in the field's own unit; 0 when the prediction holds. */
  readonly drift: number;
  readonly divergence: Divergence | null;
  readonly suspects: readonly Divergence[];
}

export const NEW_WATCH: Watch = {
  confirmations: 0,
  corrections: 0,
  lateTicks: 0,
  drift: 0,
  divergence: null,
  suspects: [],
};

/** The server tells of a late input when it acts, a few ticks after those that went without it. */
const PATIENCE_TICKS = 6;
const MAX_SUSPECTS = 32;

export function withConfirmation(watch: Watch, table: Table, confirmation: Confirmation): Watch {
  const { tick, predicted, actual, correct } = confirmation;
  const confirmations = watch.confirmations + 1;
  const overdue = watch.suspects.find((suspect) => tick - suspect.tick > PATIENCE_TICKS);
  const waiting = watch.suspects.filter((suspect) => tick - suspect.tick <= PATIENCE_TICKS);
  const divergence = overdue ?? watch.divergence;
  if (correct) return { ...watch, confirmations, drift: 0, divergence, suspects: waiting };
  const found = differences(table, predicted, actual);
  const first = found[0] ?? { field: "", predicted: 0, actual: 0 };
  const suspect: Divergence = { tick, kind: table.name, ...first, differences: found };
  return {
    ...watch,
    confirmations,
    corrections: watch.corrections + 1,
    drift: Math.max(0, ...found.map(distance)),
    divergence,
    suspects: [...waiting, suspect].slice(-MAX_SUSPECTS),
  };
}

/** The server's word on an input: what it explains is no longer suspect. */
export function withAck(watch: Watch, { tick, late }: Ack): Watch {
  if (late <= 0) return watch;
  const suspects = watch.suspects.filter((suspect) => suspect.tick < tick - late || suspect.tick >= tick);
  return { ...watch, lateTicks: watch.lateTicks + late, suspects };
}

function distance({ predicted, actual }: Difference): number {
  return typeof predicted === "number" && typeof actual === "number" ? Math.abs(predicted - actual) : 1;
}
