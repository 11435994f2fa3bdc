/**
 * How the ints of a row that a client is told of are read: whole, as changes of an input, or as what a prediction got wrong. The
 * server's `RowCodec` draws the bits.
 */
import { type BitReader, FrameError } from "./bits.ts";

/** What an int of a row may be; it is fine if it counts quanta of something continuous. */
export interface Range {
  readonly min: number;
  readonly max: number;
  readonly isFine: boolean;
}

interface Told extends Range {
  /** Where it stands in the row. */
  readonly place: number;
  /** As in a new object. */
  readonly initial: number;
  readonly width: number;
  readonly k: number;
}

const SMALL_WIDTH = 3;
const [NEW, LEAST, MOST] = [0, 1, 2];

export class RowCodec {
  readonly #told: readonly Told[];

  /**
   * @param places in a row of the ints that are told, ascending
   * @param initial a row of a new object
   * @param ranges of each int of a row
   */
  constructor(places: readonly number[], initial: Int32Array, ranges: readonly Range[]) {
    this.#told = places.map((place) => {
      const range = ranges[place];
      if (range === undefined) throw new RangeError(`a row has no place ${place}`);
      const width = bitsOf(range.max - range.min);
      const third = Math.floor(width / 3);
      return {
        ...range,
        place,
        initial: initial[place] ?? 0,
        width,
        k: range.isFine ? third : Math.min(1, third),
      };
    });
  }

  get length(): number {
    return this.#told.length;
  }

  /** The ints that are told, one after the other. */
  told(row: Int32Array): Int32Array {
    return Int32Array.from(this.#told, ({ place }) => row[place] ?? 0);
  }

  /** The first place in which what is told of two rows differs; -1 if there is none. */
  difference(one: Int32Array, other: Int32Array): number {
    return this.#told.find(({ place }) => one[place] !== other[place])?.place ?? -1;
  }

  readWhole(bits: BitReader, row: Int32Array): void {
    for (const told of this.#told) row[told.place] = whole(bits, told);
  }

  /** Changes a row that is as it was before. */
  readChange(bits: BitReader, row: Int32Array): void {
    for (const told of this.#told) {
      if (!bits.bit()) continue;
      const old = row[told.place] ?? 0;
      row[told.place] = told.width <= 1 ? other(told, old) : changed(bits, told, old);
    }
  }

  /** Reads a residual, to be added later: a distance may be larger than an int of 32 bits. */
  readResidual(bits: BitReader, residual: Float64Array): void {
    this.#told.forEach((told, i) => {
      residual[i] = bits.bit() ? (told.width <= 1 ? 1 : bits.distance(told.k)) : 0;
    });
  }

  /** Corrects a predicted row. */
  add(residual: Float64Array, row: Int32Array): void {
    this.#told.forEach((told, i) => {
      const wrong = residual[i] ?? 0;
      if (wrong === 0) return;
      const predicted = row[told.place] ?? 0;
      // As the server's ints: they go round.
      const value = told.width <= 1 ? other(told, predicted) : (predicted + wrong) | 0;
      if (value < told.min || value > told.max) throw new FrameError("BAD_VALUE");
      row[told.place] = value;
    });
  }
}

function bitsOf(span: number): number {
  return span === 0 ? 0 : Math.floor(Math.log2(span)) + 1;
}

function whole(bits: BitReader, { min, max, width }: Told): number {
  const value = bits.bits(width) + min;
  if (value > max) throw new FrameError("BAD_VALUE");
  return value;
}

function changed(bits: BitReader, told: Told, old: number): number {
  if (told.width <= SMALL_WIDTH || bits.bit()) return whole(bits, told);
  const special = bits.bits(2);
  if (special === NEW) return told.initial;
  if (special === LEAST) return told.min;
  if (special === MOST) return told.max;
  if (old === told.max) throw new FrameError("BAD_VALUE");
  return old + 1;
}

function other({ min, max }: Told, value: number): number {
  return value === min ? max : min;
}
