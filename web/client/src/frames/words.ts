/**
 * Words: what a client that is sent frames says, in one binary message each. The server's `WordReader` draws the bits.
 */
import type { FieldValue, InputMessage } from "../protocol.ts";
import { type Table, toRow } from "../rows.ts";

const MAX_INPUTS = 7;
const FIRST_BYTES = 64;

export interface Word {
  /** Whether a frame is needed that begins anew. */
  readonly anew: boolean;
  /** The newest tick that was read: all frames up to it are acknowledged. */
  readonly tick: number;
  /** The cell that was found to be otherwise than the server has it; −1 for none. */
  readonly wrongCell: number;
  /** Each stamped with its tick. */
  readonly inputs: readonly (InputMessage & { readonly tick: number })[];
}

/** The words for it: more than one if there are too many inputs. */
export function encodeWords(word: Word, input: Table): Uint8Array[] {
  const words = [encode({ ...word, inputs: word.inputs.slice(0, MAX_INPUTS) }, input)];
  for (let at = MAX_INPUTS; at < word.inputs.length; at += MAX_INPUTS) {
    words.push(
      encode({ ...word, anew: false, wrongCell: -1, inputs: word.inputs.slice(at, at + MAX_INPUTS) }, input),
    );
  }
  return words;
}

function encode({ anew, tick, wrongCell, inputs }: Word, table: Table): Uint8Array {
  const bits = new BitWriter();
  bits.bits(1, 1);
  bits.bits(anew ? 1 : 0, 1);
  bits.bits(wrongCell < 0 ? 0 : 1, 1);
  bits.bits(inputs.length, 3);
  bits.bits(0, 2);
  bits.bits(tick % 2 ** 8, 8);
  if (wrongCell >= 0) bits.bits(wrongCell, 16);
  for (const { tick: stamp, view, seq: _, ...fields } of inputs) {
    bits.bits(stamp % 2 ** 16, 16);
    bits.bits(view === undefined ? 0 : 1, 1);
    if (view !== undefined) bits.golomb(Math.max(0, tick - view));
    writeRow(bits, table, toRow(table, fields as Readonly<Record<string, FieldValue>>));
  }
  return bits.bytes();
}

/** Every int of an input in the bits of its range. */
function writeRow(bits: BitWriter, { fields }: Table, row: Int32Array): void {
  for (const { offset, length, min, max } of fields) {
    const width = max === min ? 0 : Math.floor(Math.log2(max - min)) + 1;
    for (let i = offset; i < offset + length; i += 1) bits.bits((row[i] ?? 0) - min, width);
  }
}

class BitWriter {
  #bytes = new Uint8Array(FIRST_BYTES);
  #length = 0;

  /** The lowest bits of a number from 0. */
  bits(value: number, count: number): void {
    for (let i = count - 1; i >= 0; i -= 1) {
      if (this.#length === this.#bytes.length * 8) this.#grow();
      const bit = Math.floor(value / 2 ** i) % 2;
      const at = this.#length >> 3;
      this.#bytes[at] = (this.#bytes[at] ?? 0) | (bit << (7 - (this.#length & 7)));
      this.#length += 1;
    }
  }

  /** An Exp-Golomb code with k = 0. */
  golomb(value: number): void {
    const digits = Math.floor(Math.log2(value + 1));
    this.bits(0, digits);
    this.bits(value + 1, digits + 1);
  }

  bytes(): Uint8Array {
    return this.#bytes.slice(0, Math.ceil(this.#length / 8));
  }

  #grow(): void {
    const grown = new Uint8Array(this.#bytes.length * 2);
    grown.set(this.#bytes);
    this.#bytes = grown;
  }
}
