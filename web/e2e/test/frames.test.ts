import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "vite";
import { expect } from "vitest";
import { bindKinds } from "../../client/src/frames/kinds.ts";
import { FrameView } from "../../client/src/frames/view.ts";
import { digestOf, type Run, replay } from "../../client/test/frames/runs.ts";
import { test } from "../src/fixtures.ts";
import { ROOT } from "../src/server.ts";

/** Committed: written by the server's own tests. */
const VECTORS = join(ROOT, "wire/src/test/resources/vectors/frames.json");
/** The same, but many more: those tests leave them here. */
const RUNS = join(ROOT, "arena/target/frames/runs.json");
const RULES = join(ROOT, "arena-web/target/classes/games/arena/rules/rules.js");
const REPLAY = join(ROOT, "web/client/test/frames/runs.ts");
const LEAST_FRAMES = 10_000;

async function runsOf(file: string): Promise<readonly Run[]> {
  return JSON.parse(await readFile(file, "utf8")).runs;
}

test("what is committed is read bit for bit on Node", async () => {
  const rules = await import(RULES);
  const frames = (await runsOf(VECTORS)).map((run) => replay(rules, run));
  expect(frames.reduce((sum, count) => sum + count)).toBeGreaterThan(100);
});

test("200 recorded fights are read bit for bit on Node", async () => {
  const rules = await import(RULES);
  const runs = await runsOf(RUNS);
  expect(runs).toHaveLength(200);
  const frames = runs.map((run) => replay(rules, run));
  expect(frames.reduce((sum, count) => sum + count)).toBeGreaterThan(LEAST_FRAMES);
});

test("and in Chromium", async ({ server, open }) => {
  const page = await open();
  const [replayer, rules, runs] = await Promise.all([
    bundled(REPLAY),
    readFile(RULES, "utf8"),
    readFile(RUNS, "utf8"),
  ]);
  const served: readonly (readonly [string, string, string])[] = [
    ["replay.js", "text/javascript", replayer],
    ["recorded-rules.js", "text/javascript", rules],
    ["runs.json", "application/json", runs],
  ];
  for (const [name, contentType, body] of served) {
    await page.route(`**/${name}`, (route) => route.fulfill({ contentType, body }));
  }
  await page.goto(server.url);
  // As text: Vitest would make something else of the imports.
  const frames = await page.evaluate(`(async () => {
    const [{ replay }, rules] = await Promise.all([import("/replay.js"), import("/recorded-rules.js")]);
    const { runs } = await (await fetch("/runs.json")).json();
    return runs.map((run) => replay(rules, run)).reduce((sum, count) => sum + count);
  })()`);
  expect(frames).toBeGreaterThan(LEAST_FRAMES);
});

test("a damaged frame is refused or misread, and nothing else; one that begins anew mends everything", async () => {
  const rules = await import(RULES);
  let refused = 0;
  let damaged = 0;
  for (const run of (await runsOf(RUNS)).slice(0, 40)) {
    const kinds = bindKinds(rules, run.kinds);
    if (!kinds.ok) throw new Error(kinds.reason);
    const view = new FrameView(kinds.value, run.grid, run.settings);
    let seed = run.seed;
    const dice = (bound: number): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff;
      return (seed >> 8) % bound;
    };
    for (const step of run.steps) {
      if ("announce" in step) continue;
      const bytes = Uint8Array.from(atob(step.frame), (char) => char.charCodeAt(0));
      const at = dice(bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << dice(8));
      damaged += 1;
      if (!view.read(dice(3) === 0 ? bytes.subarray(0, dice(bytes.length + 1)) : bytes).ok) refused += 1;
    }
    const first = run.steps.find((step) => "frame" in step);
    if (first === undefined || !("frame" in first)) continue;
    expect(view.read(Uint8Array.from(atob(first.frame), (char) => char.charCodeAt(0))).ok).toBe(true);
    const { low, high } = digestOf(view);
    expect([low, high]).toEqual(first.seen);
  }
  expect(refused).toBeGreaterThan(damaged / 2);
});

async function bundled(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: "error",
    build: { write: false, minify: false, lib: { entry, formats: ["es"], fileName: "replay" } },
  });
  const [output] = Array.isArray(result) ? result : [result];
  if (output === undefined || !("output" in output)) throw new Error("Vite has written nothing");
  return output.output[0].code;
}
