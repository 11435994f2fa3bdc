/**
 * The own actor ahead of the server: every tick is stepped here with its input before the server has it, and compared
 * when the server's word on that tick comes. If both are the same, nothing happens. If not, the server is right: its row
 * takes the place of ours and all ticks since are stepped again with the inputs they had.
 *
 *     confirmed          newest
 *         │                │
 *     …───●───○───○───○───○───┄ now: peek
 *         server's row    └ predicted rows, one for each input that was closed
 *
 * Pure but for its own memory, which is bounded.
 */

import { sameRow } from "./rows.ts";
import type { Rules } from "./rules.ts";
import { settingsAt, type Timeline } from "./timeline.ts";

/** What became of the prediction of one tick. */
export interface Confirmation {
  readonly tick: number;
  readonly predicted: Int32Array;
  readonly actual: Int32Array;
  readonly correct: boolean;
  /** Whether something beside its own step has changed the actor in that tick, as the server says. */
  readonly touched: boolean;
}

export interface Prediction {
  /** Newest tick that was predicted. */
  readonly tick: number;
  /** The predicted row at the end of that tick. */
  readonly row: Int32Array;
  /** The input with which a tick was predicted; null if it is none of those remembered. */
  inputOf(tick: number): Int32Array | null;
  /** The tick after it closes with this input. */
  close(input: Int32Array): void;
  /** The row at the end of the tick after the newest, were it to close with this input. The array is reused. */
  peek(input: Int32Array): Int32Array;
  /** Other settings hold from this tick on than was thought; ticks that were stepped without them are stepped again. */
  resettle(timeline: Timeline, fromTick: number): void;
  /** Another actor takes the place of this one: the server's row at the end of a tick, compared with nothing. */
  adopt(tick: number, actual: Int32Array): void;
  /** The server's row at the end of a tick; null if that tick was never predicted or is confirmed already. */
  confirm(tick: number, actual: Int32Array, touched?: boolean): Confirmation | null;
}

/** Ticks remembered. The server refuses inputs further ahead than 16, so older ones are long confirmed. */
export const CAPACITY = 64;
const NO_HISTORY = new Int32Array(0);

/** Begins with the server's row at the end of {@link tick}. */
export function newPrediction(rules: Rules, known: Timeline, tick: number, row: Int32Array): Prediction {
  const width = rules.actor.rowLength;
  const inputWidth = rules.input.rowLength;
  const rows = new Int32Array(CAPACITY * width);
  const inputs = new Int32Array(CAPACITY * inputWidth);
  const scratch = new Int32Array(width);
  const replayInputs = new Int32Array(CAPACITY * inputWidth);
  const replayRows = new Int32Array(CAPACITY * width);
  let timeline = known;
  let confirmed = tick;
  let newest = tick;
  rows.set(row, slot(tick) * width);

  function slot(of: number): number {
    return of % CAPACITY;
  }

  function rowAt(of: number): Int32Array {
    return rows.subarray(slot(of) * width, (slot(of) + 1) * width);
  }

  function inputAt(of: number): Int32Array {
    return inputs.subarray(slot(of) * inputWidth, (slot(of) + 1) * inputWidth);
  }

  /** Steps through ticks, the first of which is {@link first}, each with the settings that hold in it. */
  function step(
    first: number,
    row: Int32Array,
    inputs: Int32Array,
    ticks: number,
    history: Int32Array,
  ): void {
    for (let done = 0, end = 0; done < ticks; done = end) {
      const settings = settingsAt(timeline, first + done);
      end = done + 1;
      while (end < ticks && settingsAt(timeline, first + end) === settings) end += 1;
      rules.configure(settings);
      const inputsOfThese = inputs.subarray(done * inputWidth, end * inputWidth);
      rules.step(row, inputsOfThese, end - done, history.subarray(done * width, end * width));
    }
  }

  /** Puts a row at a tick and steps all later ones again, in one call for each of their settings. */
  function rebase(at: number, actual: Int32Array): void {
    rowAt(at).set(actual);
    const ticks = newest - at;
    for (let i = 0; i < ticks; i += 1) replayInputs.set(inputAt(at + 1 + i), i * inputWidth);
    scratch.set(actual);
    step(at + 1, scratch, replayInputs, ticks, replayRows);
    for (let i = 0; i < ticks; i += 1) {
      rowAt(at + 1 + i).set(replayRows.subarray(i * width, (i + 1) * width));
    }
  }

  /** The server's word on a tick that was not predicted: it is where everything begins anew. */
  function restart(at: number, actual: Int32Array): void {
    confirmed = at;
    newest = at;
    rowAt(at).set(actual);
  }

  return {
    get tick() {
      return newest;
    },
    get row() {
      return rowAt(newest);
    },
    inputOf: (tick) => (tick > newest || newest - tick >= CAPACITY ? null : inputAt(tick)),
    close(input) {
      scratch.set(rowAt(newest));
      step(newest + 1, scratch, input, 1, NO_HISTORY);
      newest += 1;
      inputAt(newest).set(input);
      rowAt(newest).set(scratch);
    },
    peek(input) {
      scratch.set(rowAt(newest));
      step(newest + 1, scratch, input, 1, NO_HISTORY);
      return scratch;
    },
    resettle(next, fromTick) {
      timeline = next;
      const at = Math.max(confirmed, fromTick - 1);
      if (at < newest) rebase(at, rowAt(at).slice());
    },
    adopt(at, actual) {
      if (at > newest || newest - at >= CAPACITY) restart(at, actual);
      else rebase(at, actual);
      confirmed = at;
    },
    confirm(at, actual, touched = false) {
      if (at <= confirmed) return null;
      if (at > newest || newest - at >= CAPACITY) {
        restart(at, actual);
        return null;
      }
      confirmed = at;
      const predicted = rowAt(at).slice();
      const correct = sameRow(predicted, actual);
      if (!correct) rebase(at, actual);
      return { tick: at, predicted, actual: actual.slice(), correct, touched };
    },
  };
}
