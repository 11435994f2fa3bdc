/** An actor as a client sees it, and a cell of those that are in it. */
import type { Settings } from "../protocol.ts";
import { type BitReader, FrameError } from "./bits.ts";
import { addRow, checkOf, type Digest } from "./digest.ts";
import type { Kind, Kinds } from "./kinds.ts";

const SLOT_MASK = 0xffff;
const MAX_GENERATION = 0x7fff;
const SLOT_K = 3;
const GENERATION_K = 2;
/** What a surprise says, in so many ones: the last without a 0 behind them. */
const [CHANGED, OTHERWISE, BOTH, GONE] = [0, 1, 2, 3];
const NO_INPUT = new Int32Array(0);

export class Seen {
  /** Slot and generation, as the server's. */
  readonly id: number;
  readonly kind: Kind;
  /** At the end of its cell's newest tick; what clients are not told is as in a new actor. */
  readonly row: Int32Array;
  /** What steers it, of the same tick. */
  readonly input: Int32Array;
  /** The newest tick that gave it what its own step does not: a collision, a hit, its coming. */
  touchedAt = 0;
  gone = false;
  #residual: Float64Array | null = null;
  #corrected = false;

  constructor(id: number, kind: Kind) {
    this.id = id;
    this.kind = kind;
    this.row = kind.newRow();
    this.input = kind.input?.newRow() ?? NO_INPUT;
  }

  get slot(): number {
    return this.id & SLOT_MASK;
  }

  readWhole(bits: BitReader): void {
    this.kind.codec.readWhole(bits, this.row);
    this.kind.input?.codec.readWhole(bits, this.input);
  }

  readSurprise(bits: BitReader): void {
    let what = 0;
    while (what < GONE && bits.bit()) what += 1;
    if (what === CHANGED || what === BOTH) this.#readChange(bits);
    if (what === OTHERWISE || what === BOTH) this.#readResidual(bits);
    if (what === GONE) this.gone = true;
  }

  #readChange(bits: BitReader): void {
    if (this.kind.input === null) throw new FrameError("BAD_CODE");
    this.kind.input.codec.readChange(bits, this.input);
  }

  #readResidual(bits: BitReader): void {
    this.#residual ??= new Float64Array(this.kind.codec.length);
    this.kind.codec.readResidual(bits, this.#residual);
    this.#corrected = true;
  }

  /** Takes its own step of a tick. */
  step(): void {
    this.kind.step(this.row, this.input);
  }

  /** The tick is over for it: contacts have touched it, or not, and what all that got wrong is added. */
  settle(tick: number, met: boolean): void {
    if (this.#corrected && this.#residual !== null) this.kind.codec.add(this.#residual, this.row);
    if (met || this.#corrected) this.touchedAt = tick;
    this.#corrected = false;
  }
}

export class SeenCell {
  /** At whose end it is known. */
  tick: number;
  /** Who is in it, in the order of their slots. */
  actors: Seen[] = [];
  /** Of those who come in the tick that is being read. */
  readonly arriving: Seen[] = [];
  /** Whether it goes along in the section that is being read. */
  goes = false;

  constructor(tick: number) {
    this.tick = tick;
  }

  /** Reads a block; it takes effect when everyone is stepped. */
  readBlock(kinds: Kinds, bits: BitReader): void {
    const hasSpawns = bits.bit();
    const count = bits.golomb(0) + (hasSpawns ? 0 : 1);
    if (count > this.actors.length) throw new FrameError("BAD_RANK");
    let passed = 0;
    for (let i = 0; i < count; i += 1) {
      const left = this.actors.length - passed - (count - 1 - i);
      if (left < 1) throw new FrameError("BAD_RANK");
      const rank = passed + bits.choice(left);
      passed = rank + 1;
      this.actors[rank]?.readSurprise(bits);
    }
    if (hasSpawns) readRecords(kinds, bits, this.arriving);
  }

  /** Takes everyone through a tick: their own steps, their contacts, and what that got wrong. */
  step(tick: number): void {
    for (const [kind, group] of this.#groups()) this.#meet(tick, kind, group);
  }

  #groups(): Map<Kind, Seen[]> {
    const groups = new Map<Kind, Seen[]>();
    for (const seen of this.actors) {
      if (seen.gone) continue;
      const group = groups.get(seen.kind);
      if (group === undefined) groups.set(seen.kind, [seen]);
      else group.push(seen);
    }
    return groups;
  }

  #meet(tick: number, kind: Kind, group: readonly Seen[]): void {
    if (kind.tick === null || group.length === 1) {
      for (const seen of group) {
        seen.step();
        seen.settle(tick, false);
      }
      return;
    }
    const width = kind.table.rowLength;
    const inputWidth = kind.input?.table.rowLength ?? 0;
    const rows = new Int32Array(group.length * width);
    const inputs = new Int32Array(group.length * inputWidth);
    const met = new Int32Array(group.length);
    for (const [i, { row, input }] of group.entries()) {
      rows.set(row, i * width);
      inputs.set(input, i * inputWidth);
    }
    kind.tick(rows, inputs, group.length, met);
    for (const [i, seen] of group.entries()) {
      seen.row.set(rows.subarray(i * width, (i + 1) * width));
      seen.settle(tick, met[i] !== 0);
    }
  }

  /** Who arrives takes their place among the others. */
  settle(): void {
    for (const seen of this.arriving) {
      if (seen.touchedAt === 0) seen.touchedAt = this.tick;
      let at = this.actors.length;
      while (at > 0 && (this.actors[at - 1] as Seen).slot > seen.slot) at -= 1;
      if (at > 0 && this.actors[at - 1]?.slot === seen.slot) throw new FrameError("BAD_ID");
      this.actors.splice(at, 0, seen);
    }
    this.arriving.length = 0;
  }

  /** Sixteen bits of the digest of who is here, as the server computes them. */
  check(): number {
    const digest: Digest = { low: 0, high: 0 };
    for (const { id, kind, row } of this.actors) addRow(digest, id, kind.index, kind.codec.told(row));
    return checkOf(digest);
  }
}

export function readRecords({ list }: Kinds, bits: BitReader, into: Seen[]): void {
  const count = bits.golomb(1) + 1;
  let passed = 0;
  for (let i = 0; i < count; i += 1) {
    const slot = bits.golomb(SLOT_K) + passed;
    const generation = bits.golomb(GENERATION_K);
    if (slot < 1 || slot > SLOT_MASK || generation > MAX_GENERATION) throw new FrameError("BAD_ID");
    passed = slot + 1;
    const seen = new Seen(generation * 2 ** 16 + slot, kindAt(list, bits));
    seen.readWhole(bits);
    into.push(seen);
  }
}

export function kindAt(list: readonly Kind[], bits: BitReader): Kind {
  const kind = list[bits.choice(list.length)];
  if (kind === undefined) throw new FrameError("BAD_KIND");
  return kind;
}

/** What is announced holds from a tick on. */
export interface Announced {
  readonly fromTick: number;
  readonly settings: Settings;
}
