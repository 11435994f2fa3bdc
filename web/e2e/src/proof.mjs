/**
 * `./orrery proof [--steps N] [--seed N]`: takes the same steps of the arena's rules on the JVM, in Node and in Chromium, one
 * after the other, and compares what they return. Ends with 1 if they differ. Needs JAVA_HOME and what the launcher builds.
 */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { launchBrowser, openWith } from "./chromium.mjs";

const INT_MAX = 2 ** 31 - 1;
const ARENA = new URL("../../../arena-web/target/", import.meta.url);
const MODULE = new URL("proof/proof.js", ARENA);

/**
 * @typedef {{ run(seed: number, steps: number): string }} Proof what the module exports
 * @typedef {(seed: number, steps: number) => Promise<string>} Runtime resolves to the lanes and the count of bumps
 */

/** @type {Runtime} */
async function onJvm(seed, steps) {
  const java = `${process.env["JAVA_HOME"]}/bin/java`;
  const classPath = `${fileURLToPath(new URL("classes", ARENA))}:${fileURLToPath(new URL("lib/*", ARENA))}`;
  const main = ["-cp", classPath, "dev.orrery.arena.web.ProofMain", String(seed), String(steps)];
  return (await promisify(execFile)(java, main)).stdout.trim();
}

/** @type {Runtime} */
async function inNode(seed, steps) {
  /** @type {Proof} */
  const proof = await import(MODULE.href);
  return proof.run(seed, steps);
}

/** @type {Runtime} */
async function inChromium(seed, steps) {
  const browser = await launchBrowser();
  try {
    const page = await openWith(browser, { "/proof.js": fileURLToPath(MODULE) });
    return await page.evaluate(
      async ([module, seed, steps]) => {
        /** @type {Proof} */
        const proof = await import(module);
        return proof.run(seed, steps);
      },
      /** @type {const} */ (["/proof.js", seed, steps]),
    );
  } finally {
    await browser.close();
  }
}

/** @param {string | undefined} text @param {string} name @param {number} min */
function int(text, name, min) {
  const value = Number(text);
  if (Number.isInteger(value) && value >= min && value <= INT_MAX) return value;
  process.stderr.write(`orrery: --${name} takes a whole number from ${min} to ${INT_MAX}.\n`);
  process.exit(2);
}

const { values } = parseArgs({
  options: { steps: { type: "string", default: "10000000" }, seed: { type: "string", default: "42" } },
});
const steps = int(values.steps, "steps", 1);
const seed = int(values.seed, "seed", 0);

process.stdout.write(`${steps.toLocaleString("en")} steps from seed ${seed}: hash, bumps, seconds\n`);
const results = new Set();
for (const [name, runtime] of Object.entries({ JVM: onJvm, Node: inNode, Chromium: inChromium })) {
  const start = performance.now();
  const result = await runtime(seed, steps);
  results.add(result);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  process.stdout.write(`  ${name.padEnd(8)}  ${result}  ${seconds}\n`);
}
process.stdout.write(results.size === 1 ? "equal\n" : "NOT EQUAL\n");
process.exitCode = results.size === 1 ? 0 : 1;
