/**
 * When an input is sent: at once if it changed and the last one is old enough, again as a heartbeat while nothing
 * changes. Pure; the caller sends what {@link pace} hands out.
 *
 * A direction that was tapped and released between two sends is sent nevertheless, and its release right after it: a
 * tap counts, however short. Presses of buttons survive by themselves, as they are counted.
 */
import type { Button, Input, InputMessage } from "./protocol.ts";

/** Without news for 500 ms the server takes the input for neutral, so a heartbeat may get lost once. */
export const HEARTBEAT_MILLIS = 250;

export interface Pacer {
  readonly wanted: Input;
  /** A direction that was wanted since the last send and is not any more. */
  readonly tapped: Input | null;
  readonly sent: Input | null;
  readonly sentAtMillis: number;
  readonly seq: number;
}

export const NEUTRAL: Input = { x: 0, y: 0, boost: 0 };

/** The pacer of a connection that has sent nothing yet. */
export const NEW_PACER: Pacer = {
  wanted: NEUTRAL,
  tapped: null,
  sent: null,
  sentAtMillis: Number.NEGATIVE_INFINITY,
  seq: 0,
};

/** The pacer of the next actor: what is held is held on, while `seq` and presses count anew. */
export function reborn(pacer: Pacer): Pacer {
  return { ...NEW_PACER, wanted: { ...NEUTRAL, x: pacer.wanted.x, y: pacer.wanted.y } };
}

/**
 * The pacer of the next connection with the same actor: `seq` and presses count on, as the actor remembers the press that
 * it boosted for last, and all is said again.
 */
export function resumed(pacer: Pacer): Pacer {
  return { ...NEW_PACER, wanted: pacer.wanted, seq: pacer.seq };
}

/** The player now wants this direction; both parts are cut to [-1, 1]. */
export function steer(pacer: Pacer, x: number, y: number): Pacer {
  const wanted = { ...pacer.wanted, x: cut(x), y: cut(y) };
  if (!isNeutral(wanted)) return { ...pacer, wanted, tapped: null };
  const unsent =
    !isNeutral(pacer.wanted) && (pacer.sent === null || !sameDirection(pacer.wanted, pacer.sent));
  return { ...pacer, wanted, tapped: unsent ? pacer.wanted : pacer.tapped };
}

/** A button was pressed once more. After 255 its counter goes on with 1, as 0 stands for no press at all. */
export function press(pacer: Pacer, button: Button): Pacer {
  return { ...pacer, wanted: { ...pacer.wanted, [button]: ((pacer.wanted[button] ?? 0) % 255) + 1 } };
}

/**
 * What to send at `nowMillis`, if anything.
 *
 * @param spacingMillis least time between two changes
 */
export function pace(
  pacer: Pacer,
  nowMillis: number,
  spacingMillis: number,
): { readonly pacer: Pacer; readonly message: InputMessage | null } {
  const spacing = isChanged(pacer) ? Math.min(spacingMillis, HEARTBEAT_MILLIS) : HEARTBEAT_MILLIS;
  return nowMillis - pacer.sentAtMillis < spacing ? { pacer, message: null } : send(pacer, nowMillis);
}

/**
 * The same for a client that counts ticks: {@link tick} closes, all that was wanted within it is its input, and it is
 * sent at once if it differs from the one before or a heartbeat is due.
 */
export function closeTick(
  pacer: Pacer,
  nowMillis: number,
  tick: number,
): { readonly pacer: Pacer; readonly input: Input; readonly message: InputMessage | null } {
  const input = gathered(pacer);
  if (!isChanged(pacer) && nowMillis - pacer.sentAtMillis < HEARTBEAT_MILLIS) {
    return { pacer: { ...pacer, tapped: null }, input, message: null };
  }
  const sent = send(pacer, nowMillis);
  return { pacer: sent.pacer, input, message: { ...sent.message, tick } };
}

/** What is wanted now, or was since the last send. */
export function gathered(pacer: Pacer): Input {
  return pacer.tapped === null ? pacer.wanted : { ...pacer.wanted, x: pacer.tapped.x, y: pacer.tapped.y };
}

function isChanged(pacer: Pacer): boolean {
  const next = gathered(pacer);
  return pacer.sent === null || !sameDirection(next, pacer.sent) || !samePresses(next, pacer.sent);
}

function send(pacer: Pacer, nowMillis: number): { readonly pacer: Pacer; readonly message: InputMessage } {
  const next = gathered(pacer);
  const seq = pacer.seq + 1;
  return {
    pacer: { wanted: pacer.wanted, tapped: null, sent: next, sentAtMillis: nowMillis, seq },
    message: { seq, ...next },
  };
}

function cut(value: number): number {
  return Number.isFinite(value) ? Math.max(-1, Math.min(1, value)) : 0;
}

function isNeutral(input: Input): boolean {
  return input.x === 0 && input.y === 0;
}

function samePresses(a: Input, b: Input): boolean {
  return a.boost === b.boost && a.fire === b.fire && a.lance === b.lance;
}

function sameDirection(a: Input, b: Input): boolean {
  return a.x === b.x && a.y === b.y;
}
