/**
 * What a player sees of a world: a replica that is fed by frames, which tell only what its own steps get wrong. Each of its cells is bit
 * for bit the server's at the cell's newest tick. The Java client's `View` draws the frames.
 */
import { fail, ok, type Result } from "../decode.ts";
import type { Settings } from "../protocol.ts";
import { BitReader, FrameError } from "./bits.ts";
import { type Area, cellCount, type Grid, isWithin, readArea } from "./cells.ts";
import type { Kind, Kinds } from "./kinds.ts";
import { type Announced, kindAt, readRecords, type Seen, SeenCell } from "./seen.ts";

/** What a client computed otherwise than the server: its rules or its map are not the server's. */
export interface Divergence {
  readonly tick: number;
  readonly actor: number;
  readonly kind: string;
  readonly field: string;
  /** In quanta. */
  readonly predicted: number;
  readonly actual: number;
}

/** What only this player may know of their actor. */
export interface Own {
  readonly actor: number;
  readonly kind: Kind;
  /** Of the actor: only what is for its player alone is told in it. */
  readonly row: Int32Array;
}

const CHECK_BITS = 16;
const COUNT_BITS = 3;
const LATE_BITS = 3;
const SLOT_BITS = 16;
const GENERATION_BITS = 15;

export class FrameView {
  readonly kinds: Kinds;
  readonly #grid: Grid;
  readonly #bits = new BitReader();
  /** By their numbers, which ascend. */
  #cells = new Map<number, SeenCell>();
  #area: Area | null = null;
  #announced: Announced[];
  #section: [number, SeenCell][] = [];
  #entering: Seen[] = [];
  #tick = 0;
  #wrongCell = -1;
  #tardyTicks = 0;
  #own: Own | null = null;
  #divergence: Divergence | null = null;
  #broken = true;

  /** @param settings in force until others are announced */
  constructor(kinds: Kinds, grid: Grid, settings: Settings) {
    this.kinds = kinds;
    this.#grid = grid;
    this.#announced = [{ fromTick: Number.NEGATIVE_INFINITY, settings }];
  }

  /** The newest tick that a frame has told of. */
  get tick(): number {
    return this.#tick;
  }

  /** Whether it is good for nothing but a frame that begins anew: before the first, and after one that could not be read. */
  get isBroken(): boolean {
    return this.#broken;
  }

  /**
   * The cell that the newest frame has shown to be otherwise than the server has it, though all was read as it should be: then the
   * game's rules or its map are not the server's. −1 if there is none. Each frame checks one cell.
   */
  get wrongCell(): number {
    return this.#wrongCell;
  }

  /** How many ticks too late the player's newest input came, as the newest frame says; 0 if it does not say. */
  get tardyTicks(): number {
    return this.#tardyTicks;
  }

  get own(): Own | null {
    return this.#own;
  }

  /** What was found to be otherwise when the newest frame brought a wrong cell in full; null if it did not. */
  get divergence(): Divergence | null {
    return this.#divergence;
  }

  /** The cells it has, ascending, with the tick at whose end each is known. */
  *cells(): Iterable<readonly [cell: number, tick: number, actors: readonly Seen[]]> {
    for (const [number, cell] of this.#cells) yield [number, cell.tick, cell.actors];
  }

  /** Everyone who is seen. */
  *actors(): Iterable<Seen> {
    for (const cell of this.#cells.values()) yield* cell.actors;
  }

  actor(id: number): Seen | null {
    for (const { actors } of this.#cells.values()) {
      for (const seen of actors) if (seen.id === id) return seen;
    }
    return null;
  }

  /** Other settings hold from a tick on. To be said before a frame of that tick is read. */
  announce(settings: Settings, fromTick: number): void {
    // What no cell needs any more goes: the last that holds for all of them stays.
    const oldest = Math.min(this.#tick, ...[...this.#cells.values()].map(({ tick }) => tick));
    const holds = this.#announced.findLastIndex((each) => each.fromTick <= oldest);
    const kept = this.#announced.slice(Math.max(0, holds)).filter((each) => each.fromTick < fromTick);
    this.#announced = [...kept, { fromTick, settings }];
  }

  /** Reads a frame. If it cannot be read, the view stays broken until one begins anew. */
  read(frame: Uint8Array): Result<null> {
    try {
      this.#read(frame);
      return ok(null);
    } catch (flaw) {
      this.#broken = true;
      if (flaw instanceof FrameError) return fail(flaw.flaw);
      return fail(`The rules do not step: ${String(flaw)}`);
    }
  }

  #read(frame: Uint8Array): void {
    const bits = this.#bits;
    bits.begin(frame);
    if (!bits.bit()) throw new FrameError("BAD_CODE");
    const anew = bits.bit();
    const hasFull = bits.bit();
    const hasMore = bits.bit();
    const hasView = (hasMore && bits.bit()) || anew;
    const hasLate = hasMore && bits.bit();
    const hasOwn = hasMore && bits.bit();
    const isTardy = hasMore && bits.bit();
    const told = bits.bits(COUNT_BITS);
    if (this.#broken && !anew) throw new FrameError("BAD_TICK");
    const newest = anew ? bits.bits(32) : this.#tick + ((bits.bits(8) - this.#tick) & 0xff);
    this.#tardyTicks = isTardy ? bits.golomb(0) + 1 : 0;
    this.#divergence = null;
    if (anew) {
      this.#cells.clear();
      this.#own = null;
      this.#tick = newest - told;
    }
    if (hasView) this.#look(readArea(bits, this.#grid));
    if (hasLate) this.#readLate();
    if (newest - told < this.#tick) throw new FrameError("BAD_TICK");
    while (this.#tick < newest) {
      this.#tick += 1;
      const isTold = newest - this.#tick < told && !bits.bit();
      this.#gather(this.#tick, isTold && !bits.bit());
      this.#step(this.#tick, isTold);
    }
    if (hasFull) this.#readFull();
    if (hasOwn) this.#readOwn();
    this.#check();
    bits.requireEnd();
    this.#broken = false;
  }

  #look(area: Area): void {
    this.#area = area;
    for (const cell of this.#cells.keys()) if (!isWithin(area, this.#grid, cell)) this.#cells.delete(cell);
  }

  /** Cells that were withheld catch up. */
  #readLate(): void {
    while (this.#bits.bit()) {
      const at = this.#tick - this.#bits.bits(LATE_BITS);
      this.#gather(at, true);
      this.#step(at, true);
    }
  }

  /**
   * Gathers the cells that go to the end of a tick together.
   *
   * @param some whether a bit says of each that might whether it does
   */
  #gather(to: number, some: boolean): void {
    this.#section.length = 0;
    for (const [number, cell] of this.#cells) {
      cell.goes = cell.tick === to - 1 && (!some || this.#bits.bit());
      if (cell.goes) this.#section.push([number, cell]);
    }
  }

  #step(at: number, isTold: boolean): void {
    const bits = this.#bits;
    this.#entering.length = 0;
    for (const [, cell] of this.#section) cell.tick = at;
    if (isTold) {
      for (const [, cell] of this.#section) if (bits.bit()) cell.readBlock(this.kinds, bits);
      while (bits.bit()) readRecords(this.kinds, bits, this.#entering);
    }
    if (this.#section.length === 0) return;
    const holds = this.#announced.findLast(({ fromTick }) => fromTick <= at);
    if (holds !== undefined) this.kinds.configure(holds.settings);
    for (const [, cell] of this.#section) cell.step(at);
    this.#move();
  }

  /** Everyone goes to the cell where they are now; who has come into none of these cells is seen no more. */
  #move(): void {
    for (const [number, cell] of this.#section) {
      let staying = 0;
      for (const seen of cell.actors) {
        if (seen.gone) continue;
        const to = seen.kind.cellOf(seen.row, this.#grid);
        if (to === number) {
          cell.actors[staying] = seen;
          staying += 1;
        } else {
          const other = this.#cells.get(to);
          if (other?.goes === true) other.arriving.push(seen);
        }
      }
      cell.actors.length = staying;
    }
    for (const seen of this.#entering) {
      const to = this.#cells.get(seen.kind.cellOf(seen.row, this.#grid));
      if (to?.goes !== true) throw new FrameError("BAD_CELL");
      to.arriving.push(seen);
    }
    for (const [, cell] of this.#section) cell.settle();
  }

  #readFull(): void {
    const bits = this.#bits;
    const count = bits.golomb(1) + 1;
    if (count > cellCount(this.#grid)) throw new FrameError("BAD_CELL");
    for (let i = 0; i < count; i += 1) {
      const number = bits.choice(cellCount(this.#grid));
      if (this.#area === null || !isWithin(this.#area, this.#grid, number)) throw new FrameError("BAD_CELL");
      const cell = new SeenCell(this.#tick);
      if (bits.bit()) readRecords(this.kinds, bits, cell.arriving);
      cell.settle();
      const before = this.#cells.get(number);
      this.#cells.set(number, cell);
      if (before?.tick === this.#tick) this.#divergence ??= difference(before, cell);
    }
    this.#cells = new Map([...this.#cells].sort(([a], [b]) => a - b));
  }

  #readOwn(): void {
    const bits = this.#bits;
    const slot = bits.bits(SLOT_BITS);
    const actor = bits.bits(GENERATION_BITS) * 2 ** SLOT_BITS + slot;
    const kind = kindAt(this.kinds.list, bits);
    const row = kind.newRow();
    kind.own.readWhole(bits, row);
    this.#own = { actor, kind, row };
  }

  #check(): void {
    const newest = [...this.#cells].filter(([, { tick }]) => tick === this.#tick);
    const checked = newest[this.#tick % newest.length];
    this.#wrongCell = -1;
    if (checked === undefined) return;
    const [number, cell] = checked;
    if (this.#bits.bits(CHECK_BITS) !== cell.check()) this.#wrongCell = number;
  }
}

/** A cell that comes in full though it is there was otherwise than the server's: in what? */
function difference(had: SeenCell, has: SeenCell): Divergence | null {
  for (const actual of has.actors) {
    const predicted = had.actors.find(({ id, kind }) => id === actual.id && kind === actual.kind);
    const place = predicted === undefined ? -1 : actual.kind.codec.difference(predicted.row, actual.row);
    if (predicted === undefined || place < 0) continue;
    const { table } = actual.kind;
    const field = table.fields.find(({ offset, length }) => place >= offset && place < offset + length);
    return {
      tick: has.tick,
      actor: actual.id,
      kind: table.name,
      field: field?.name ?? "",
      predicted: predicted.row[place] ?? 0,
      actual: actual.row[place] ?? 0,
    };
  }
  return null;
}
