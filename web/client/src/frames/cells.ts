/** The interest grid: the plane in square cells, numbered row by row, and one more for what has no place. */
import { type BitReader, FrameError } from "./bits.ts";

export interface Grid {
  readonly columns: number;
  readonly rows: number;
  /** Side of a cell, px. */
  readonly size: number;
}

/** How many cells there are, that of what has no place included. */
export function cellCount({ columns, rows }: Grid): number {
  return columns * rows + 1;
}

/** The cell of what has no place: the last. */
export function globalCell({ columns, rows }: Grid): number {
  return columns * rows;
}

/** The cell of a place; outside of the plane the nearest. */
export function cellOf({ columns, rows, size }: Grid, x: number, y: number): number {
  return within(y, size, rows) * columns + within(x, size, columns);
}

function within(position: number, size: number, count: number): number {
  return Math.max(0, Math.min(count - 1, Math.floor(position / size)));
}

/** A rectangle of cells, all sides inclusive, and the cell of what has no place: what somebody sees. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export function readArea(bits: BitReader, { columns, rows }: Grid): Area {
  const left = bits.choice(columns);
  const top = bits.choice(rows);
  const right = bits.choice(columns);
  const bottom = bits.choice(rows);
  if (left > right || top > bottom) throw new FrameError("BAD_CELL");
  return { left, top, right, bottom };
}

export function isWithin(area: Area, grid: Grid, cell: number): boolean {
  if (cell === globalCell(grid)) return true;
  const column = cell % grid.columns;
  const row = Math.floor(cell / grid.columns);
  return column >= area.left && column <= area.right && row >= area.top && row <= area.bottom;
}
