/** Numbers from 0 up to 1 that look random and are the same for the same seed: a linear congruential generator, 32 bits. */
export function scatter(seed: number): () => number {
  const step = (state: number): number => (Math.imul(state, 1664525) + 1013904223) >>> 0;
  // Seeds that lie close together start close together; a few steps drive them apart.
  let state = step(step(step(Math.floor(seed) * 2654435761)));
  return () => {
    state = step(state);
    return state / 2 ** 32;
  };
}
