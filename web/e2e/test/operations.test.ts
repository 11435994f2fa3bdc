import { execFile, spawn, spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "vitest";
import { ROOT } from "../src/server.ts";
import { NAME, test } from "../src/zip.ts";

const PAGE = join(ROOT, "docs/operations.md");
/** What a block begins with when it is run, so that a failure tells where it happened. */
const MARK = "--- block";

async function blocks(language: string): Promise<string[]> {
  const page = await readFile(PAGE, "utf8");
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, "gms"))].map(
    ([, block]) => block ?? "",
  );
}

/** In a network of its own where the system allows it: the page's ports are those that every server has. */
function isolated(script: string): [string, string[]] {
  const alone = spawnSync("unshare", ["-rn", "ip", "link", "set", "lo", "up"]).status === 0;
  return alone ? ["unshare", ["-rn", "sh", "-c", `ip link set lo up\n${script}`]] : ["sh", ["-c", script]];
}

test("what the page on operations says to do can be done, in its order", async ({ elsewhere }) => {
  const steps = await blocks("sh");
  expect(steps.length).toBeGreaterThan(7);
  const script = steps.map((step, index) => `echo '${MARK} ${index + 1}'\n${step}`).join("\n");
  const [program, args] = isolated(`set -eu\n${script}`);
  const { PATH = "", HOME = "/" } = process.env;
  const child = spawn(program, args, {
    cwd: elsewhere,
    env: { PATH, HOME },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  if (code !== 0) {
    // What a failing step has left running.
    const { pid } = child;
    if (pid !== undefined) await promisify(execFile)("kill", ["--", `-${pid}`]).catch(() => {});
  }
  const last = steps[Number(output.slice(output.lastIndexOf(MARK)).match(/\d+/)?.[0]) - 1];
  expect(code, `${output}\nThe last step was:\n${last}`).toBe(0);
});

test("the page shows the reference as it is", async ({ unpacked }) => {
  const reference = await readFile(join(unpacked, "conf/reference.conf"), "utf8");
  expect((await blocks("hocon")).at(-1)).toBe(reference);
});

test("the page names files and keys that there are", async ({ unpacked }) => {
  const page = await readFile(PAGE, "utf8");
  expect(page).toContain(`${NAME}.zip`);
  const config = await readFile(join(unpacked, "conf/server.conf"), "utf8");
  const variables = [...config.matchAll(/\$\{\?(\w+)\}/g)].map(([, name]) => name);
  expect(variables.length).toBeGreaterThan(5);
  for (const name of variables) expect(page).toContain(`\`${name}\``);
  for (const [name] of page.matchAll(/ORRERY_[A-Z_]+/g)) expect(variables).toContain(name);
});
