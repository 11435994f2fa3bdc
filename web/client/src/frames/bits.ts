/** Reads the bits of a frame, the highest of each byte first. What cannot be read on is thrown, and caught by the view. */

export type Flaw =
  | "TRUNCATED"
  | "BAD_CODE"
  | "BAD_RANK"
  | "BAD_ID"
  | "BAD_KIND"
  | "BAD_VALUE"
  | "BAD_CELL"
  | "BAD_TICK"
  | "LEFTOVER";

/** A frame that is damaged, or of a state that its reader does not have. */
export class FrameError extends Error {
  readonly flaw: Flaw;

  constructor(flaw: Flaw) {
    super(flaw);
    this.flaw = flaw;
  }
}

const MAX_UNSIGNED = 0xffff_ffff;

export class BitReader {
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #end = 0;

  begin(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#at = 0;
    this.#end = bytes.length * 8;
  }

  bit(): boolean {
    return this.bits(1) !== 0;
  }

  /** Up to 32 bits as a number from 0. */
  bits(count: number): number {
    if (count > this.#end - this.#at) throw new FrameError("TRUNCATED");
    let value = 0;
    let left = count;
    while (left > 0) {
      const here = 8 - (this.#at & 7);
      const taken = Math.min(here, left);
      const byte = this.#bytes[this.#at >> 3] ?? 0;
      const part = (byte >> (here - taken)) & ((1 << taken) - 1);
      // Not by shifting: 32 bits do not fit the sign.
      value = value * 2 ** taken + part;
      this.#at += taken;
      left -= taken;
    }
    return value;
  }

  /** A number from 0 that is probably small: an Exp-Golomb code. */
  golomb(k: number): number {
    let digits = 0;
    while (!this.bit()) {
      digits += 1;
      if (digits > 32 - k) throw new FrameError("BAD_CODE");
    }
    const high = 2 ** digits + this.bits(digits) - 1;
    const value = high * 2 ** k + this.bits(k);
    if (value > MAX_UNSIGNED) throw new FrameError("BAD_CODE");
    return value;
  }

  /** A number of either sign, not 0. */
  distance(k: number): number {
    const negative = this.bit();
    const magnitude = this.golomb(k) + 1;
    return negative ? -magnitude : magnitude;
  }

  /** One of so many choices, 0 the first. */
  choice(choices: number): number {
    const value = this.bits(32 - Math.clz32(choices - 1));
    if (value >= choices) throw new FrameError("BAD_CODE");
    return value;
  }

  /** That nothing but the rest of the last byte is left, all of it 0. */
  requireEnd(): void {
    const left = this.#end - this.#at;
    if (left >= 8 || this.bits(left) !== 0) throw new FrameError("LEFTOVER");
  }
}
