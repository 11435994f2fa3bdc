/**
 * Sends the inputs of several ticks together, so that short ticks do not cost a packet each. An input that comes after
 * a pause goes out at once, and what follows waits for its company. Pure.
 */
import type { InputMessage, Settings } from "./protocol.ts";

/** The server takes longer silence for a neutral input; and it refuses stamps too far ahead. */
const MAX_MILLIS = 250;
const MAX_TICKS = 8;
const FRAMES_PER_SECOND = 60;

export interface Bundle {
  readonly held: readonly InputMessage[];
  /** The tick after which something was sent last. */
  readonly sentAtTick: number;
}

export const NEW_BUNDLE: Bundle = { held: [], sentAtTick: Number.NEGATIVE_INFINITY };

/** Milliseconds between two sends of a client, as its settings wish. */
export function spacingMillis({ broadcastFrames }: Settings): number {
  return (broadcastFrames * 1000) / FRAMES_PER_SECOND;
}

/** How many ticks are sent together: as many as begin within the spacing, and at least one. */
export function bundleTicks(settings: Settings): number {
  const ticks = Math.floor(Math.min(spacingMillis(settings), MAX_MILLIS) / settings.tickRate);
  return Math.max(1, Math.min(MAX_TICKS, ticks));
}

/** How long the first input of a bundle waits for the last one. */
export function bundleMillis(settings: Settings): number {
  return (bundleTicks(settings) - 1) * settings.tickRate;
}

/**
 * The bundle after a tick has closed, with its input if that is to be sent.
 *
 * @param ticks least number of ticks between two sends
 */
export function bundled(
  { held, sentAtTick }: Bundle,
  tick: number,
  message: InputMessage | null,
  ticks: number,
): { readonly bundle: Bundle; readonly messages: readonly InputMessage[] } {
  const messages = message === null ? held : [...held, message];
  if (messages.length === 0 || tick - sentAtTick < ticks) {
    return { bundle: { held: messages, sentAtTick }, messages: [] };
  }
  return { bundle: { held: [], sentAtTick: tick }, messages };
}
