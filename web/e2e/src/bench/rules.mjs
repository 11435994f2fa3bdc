/**
 * `node rules.mjs COURSE`: times the shipped rules in Node and in Chromium over the course in that file, and prints the figures
 * as JSON. Called by `./orrery bench rules`, which has measured the JVM on the same course.
 */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { launchBrowser, openWith } from "../chromium.mjs";
import { timeAll } from "./replay.mjs";

/** Ticks that a page predicts at once: one as it sends an input, a few after a frame, many after a stall. */
const BATCHES = [1, 8, 64];

const MODULE = new URL("../../../../arena-web/target/classes/games/arena/rules/rules.js", import.meta.url);
const TIMING = new URL("replay.mjs", import.meta.url);

/** @typedef {import("./replay.mjs").Rules} Rules */

/** @param {string} course */
async function inNode(course) {
  const { buffer, byteOffset, length } = await readFile(course);
  /** @type {Rules} */
  const rules = await import(MODULE.href);
  const ints = /** @type {ArrayBuffer} */ (buffer.slice(byteOffset, byteOffset + length));
  return { runtime: `Node ${process.versions.node}`, speeds: timeAll(rules, ints, BATCHES) };
}

/** @param {string} course */
async function inChromium(course) {
  const browser = await launchBrowser();
  try {
    const files = {
      "/rules.js": fileURLToPath(MODULE),
      "/replay.mjs": fileURLToPath(TIMING),
      "/course": course,
    };
    const page = await openWith(browser, files);
    const speeds = await page.evaluate(
      async ([rulesPath, timingPath, batches]) => {
        /** @type {Rules} */
        const rules = await import(rulesPath);
        /** @type {typeof import("./replay.mjs")} */
        const { timeAll } = await import(timingPath);
        return timeAll(rules, await (await fetch("/course")).arrayBuffer(), batches);
      },
      /** @type {const} */ (["/rules.js", "/replay.mjs", BATCHES]),
    );
    return { runtime: `Chromium ${browser.version()}`, speeds };
  } finally {
    await browser.close();
  }
}

const [course] = process.argv.slice(2);
if (course === undefined) throw new Error("usage: node rules.mjs COURSE");
const measured = [await inNode(course), await inChromium(course)];
const figures = measured.flatMap(({ runtime, speeds }) => speeds.map((speed) => ({ runtime, ...speed })));
process.stdout.write(`${JSON.stringify(figures)}\n`);
