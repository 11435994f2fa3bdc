import type { Page } from "playwright-core";

const KEYS = ["KeyW", "KeyA", "KeyS", "KeyD"] as const;

/** Drives by keyboard as a seed says, for a while: one or two keys at a time, now and then none, now and then a boost. */
export async function drive(page: Page, seed: number, millis: number): Promise<void> {
  const random = randomBy(seed);
  const end = performance.now() + millis;
  while (performance.now() < end) {
    const held = KEYS.filter(() => random() < 0.4).slice(0, 2);
    for (const key of held) await page.keyboard.down(key);
    if (random() < 0.2) await page.keyboard.press("Space");
    await page.waitForTimeout(40 + random() * 700);
    for (const key of held) await page.keyboard.up(key);
  }
}

/** A generator of its own, so that a failure can be driven again ("mulberry32", Tommy Ettinger). */
function randomBy(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), 1 | state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
}
