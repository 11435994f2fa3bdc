/**
 * Keeps the account of a prediction: how often it was wrong, and why. A tick was predicted with the input that was meant
 * for it; the server's acks tell which input it really had. If that was another one, the correction is explained: the
 * input came late. If it was the same, both sides do not run the same rules: a divergence. Where the server says that something
 * beside its own step has changed the actor, a collision or a hit, nothing else could be expected. Pure.
 */
import type { Confirmation } from "./prediction.ts";
import type { Ack, FieldValue } from "./protocol.ts";
import { type Difference, differences, type Table } from "./rows.ts";

/** A tick that server and client computed differently from the same input. */
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
  /** How many of them were wrong, though nothing beside its own step had changed the actor. */
  readonly corrections: number;
  /** How many were wrong because something had: a collision, a hit, a score. */
  readonly touches: number;
  /** How many ticks the server began without an input meant for them. */
  readonly lateTicks: number;
  /** Largest difference of the newest comparison, in the field's own unit; 0 when the prediction holds. */
  readonly drift: number;
  /** The first one; null as long as both sides compute the same. */
  readonly divergence: Divergence | null;
  /** Newest input that acted on the server, and when. */
  readonly acked: { readonly tick: number; readonly seq: number };
  /** A correction whose ack may still be on its way: it comes behind the state of the same tick. */
  readonly suspect: Suspect | null;
}

interface Suspect {
  readonly divergence: Divergence;
  readonly meantSeq: number;
  readonly hadSeq: number;
}

export const NEW_WATCH: Watch = {
  confirmations: 0,
  corrections: 0,
  touches: 0,
  lateTicks: 0,
  drift: 0,
  divergence: null,
  acked: { tick: 0, seq: 0 },
  suspect: null,
};

/**
 * The account with one more tick.
 *
 * @param meantSeq number of the newest input that was meant for that tick or an earlier one
 */
export function withConfirmation(
  watch: Watch,
  table: Table,
  confirmation: Confirmation,
  meantSeq: number,
): Watch {
  const { tick, predicted, actual, correct, touched } = confirmation;
  const settled: Watch = {
    ...watch,
    confirmations: watch.confirmations + 1,
    drift: 0,
    divergence: watch.divergence ?? verdict(watch.suspect),
    suspect: null,
  };
  if (correct) return settled;
  if (touched) return { ...settled, touches: watch.touches + 1 };
  const found = differences(table, predicted, actual);
  const first = found[0] ?? { field: "", predicted: 0, actual: 0 };
  const divergence: Divergence = { tick, kind: table.name, ...first, differences: found };
  return {
    ...settled,
    corrections: watch.corrections + 1,
    drift: Math.max(0, ...found.map(distance)),
    suspect: { divergence, meantSeq, hadSeq: watch.acked.seq },
  };
}

/** The account after the server's word on an input. */
export function withAck(watch: Watch, { tick, seq, late }: Ack): Watch {
  const concerned = watch.suspect?.divergence.tick === tick;
  return {
    ...watch,
    lateTicks: watch.lateTicks + Math.max(0, late),
    acked: { tick, seq },
    suspect: watch.suspect !== null && concerned ? { ...watch.suspect, hadSeq: seq } : watch.suspect,
  };
}

/** The account after a check of frames has found something that both sides compute differently. */
export function withDivergence(watch: Watch, divergence: Divergence): Watch {
  return { ...watch, divergence: watch.divergence ?? divergence };
}

function verdict(suspect: Suspect | null): Divergence | null {
  return suspect !== null && suspect.hadSeq === suspect.meantSeq ? suspect.divergence : null;
}

function distance({ predicted, actual }: Difference): number {
  return typeof predicted === "number" && typeof actual === "number" ? Math.abs(predicted - actual) : 1;
}
