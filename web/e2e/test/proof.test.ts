import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const STEPS = 1_000_000;

/** Runs it as a user does; what it printed, and its exit code. */
function prove(...options: string[]): Promise<{ output: string; code: unknown }> {
  return new Promise((resolve) => {
    execFile("./orrery", ["proof", ...options], { cwd: ROOT }, (error, stdout, stderr) =>
      resolve({ output: stdout + stderr, code: error === null ? 0 : error.code }),
    );
  });
}

test("a million steps give the same bits on the JVM, in Node and in Chromium", async () => {
  const { output, code } = await prove("--steps", String(STEPS), "--seed", "7");
  const results = [...output.matchAll(/^ {2}(JVM|Node|Chromium) +([0-9a-f]{8}-[0-9a-f]{8} (\d+)) /gm)];

  expect(results.map(([, runtime]) => runtime)).toEqual(["JVM", "Node", "Chromium"]);
  const [onJvm, inNode, inChromium] = results.map(([, , result]) => result);
  expect(inNode).toBe(onJvm);
  expect(inChromium).toBe(onJvm);
  expect(Number(results[0]?.[3]), "bumps, so that obstacles were met").toBeGreaterThan(STEPS / 200);
  expect(code, output).toBe(0);
});

test("a count of steps that makes no sense is refused", async () => {
  expect(await prove("--steps", "many")).toEqual({
    output: expect.stringContaining("--steps takes a whole number"),
    code: 2,
  });
});
