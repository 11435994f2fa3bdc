/** The digest of a set of rows as two int lanes, as the rules compute it: a sum of one digest a row. */

const LOW_START = 0x243f6a88;
const HIGH_START = 0x13198a2e;

export interface Digest {
  low: number;
  high: number;
}

export function addRow(digest: Digest, id: number, kind: number, row: ArrayLike<number>): void {
  digest.low = (digest.low + fold(LOW_START, id, kind, row)) | 0;
  digest.high = (digest.high + fold(HIGH_START, id, kind, row)) | 0;
}

/** The sixteen bits of it that a frame carries. */
export function checkOf({ low, high }: Digest): number {
  return (low ^ (high >>> 16)) & 0xffff;
}

function fold(start: number, id: number, kind: number, row: ArrayLike<number>): number {
  let hash = mix((mix((start + id) | 0) + kind) | 0);
  for (let i = 0; i < row.length; i += 1) hash = (mix((hash + (row[i] ?? 0)) | 0) + i) | 0;
  return hash;
}
/** One round of the rules' mixing. */
function mix(word: number): number {
  let x = word;
  x ^= x >>> 16;
  x = Math.imul(x, 0x7feb352d);
  x ^= x >>> 15;
  x = Math.imul(x, 0x846ca68b);
  return x ^ (x >>> 16);
}
