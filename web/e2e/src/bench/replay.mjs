/** How the rules' module is timed; the same code in Node and in a page, so nothing of either is used here. */

const WARM_MILLIS = 3_000;
const ROUNDS = 15;

/**
 * @typedef {object} Rules what the module exports, as far as it is timed
 * @property {(row: Int32Array, inputs: Int32Array, ticks: number, history: Int32Array) => void} stepShip
 * @property {(id: number, kind: number, row: Int32Array, lanes: Int32Array) => void} digestShip
 *
 * @typedef {object} Speed
 * @property {number} batchTicks
 * @property {number} nanosPerStep median over the rounds
 * @property {string} digest where the ships ended
 */

/**
 * Sails the course (ints as `Course.bytes` has them) once, in batches of so many ticks. Each batch is copied into one buffer
 * first, as a page gathers the inputs it predicts with.
 *
 * @param {Rules} rules @param {Int32Array} course @param {number} batchTicks
 */
function replay(rules, course, batchTicks) {
  const [legs = 0, legTicks = 0, rowLength = 0, inputLength = 0] = course;
  const starts = course.subarray(4, 4 + legs * rowLength);
  const inputs = course.subarray(4 + legs * rowLength);
  const row = new Int32Array(rowLength);
  const batch = new Int32Array(batchTicks * inputLength);
  const history = new Int32Array(0);
  const lanes = new Int32Array(2);
  let at = 0;
  for (let leg = 0; leg < legs; leg++) {
    row.set(starts.subarray(leg * rowLength, (leg + 1) * rowLength));
    for (let tick = 0; tick < legTicks; tick += batchTicks) {
      for (let i = 0; i < batch.length; i++) batch[i] = inputs[at++] ?? 0;
      rules.stepShip(row, batch, batchTicks, history);
    }
    rules.digestShip(leg, 0, row, lanes);
  }
  return lanes.join(" ");
}

/**
 * Times a module in batches of each size, warm. The sizes take turns, so that what else the machine does hits all of them.
 *
 * @param {Rules} rules @param {ArrayBuffer} bytes the course @param {readonly number[]} batches ticks
 * @returns {Speed[]}
 */
export function timeAll(rules, bytes, batches) {
  const course = new Int32Array(bytes);
  const [legs = 0, legTicks = 0] = course;
  for (const end = performance.now() + WARM_MILLIS; performance.now() < end; ) {
    for (const batchTicks of batches) replay(rules, course, batchTicks);
  }
  const timed = batches.map((batchTicks) => ({ batchTicks, digest: "", rounds: new Array(0) }));
  for (let round = 0; round < ROUNDS; round++) {
    for (const each of timed) {
      const start = performance.now();
      each.digest = replay(rules, course, each.batchTicks);
      each.rounds.push(performance.now() - start);
    }
  }
  return timed.map(({ batchTicks, digest, rounds }) => {
    const median = rounds.sort((a, b) => a - b)[ROUNDS >> 1];
    return { batchTicks, nanosPerStep: (median * 1e6) / (legs * legTicks), digest };
  });
}
