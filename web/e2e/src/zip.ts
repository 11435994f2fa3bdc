import { execFile } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { test as base } from "vitest";
import { ROOT } from "./server.ts";

export const NAME = "orrery-arena-0.1.0";

const run = promisify(execFile);

/** Tests with the zip in a folder of their file's own, far from where it was built: as on another machine. */
export const test = base
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern what a fixture needs; this one, nothing.
  .extend("elsewhere", { scope: "file" }, async ({}, { onCleanup }) => {
    await run("./orrery", ["dist"], { cwd: ROOT });
    const folder = await mkdtemp(join(tmpdir(), "orrery-zip-"));
    onCleanup(() => rm(folder, { recursive: true }));
    await cp(join(ROOT, "target", `${NAME}.zip`), join(folder, `${NAME}.zip`));
    return folder;
  })
  .extend("unpacked", { scope: "file" }, async ({ elsewhere }) => {
    const folder = join(elsewhere, "unpacked");
    await run("unzip", ["-q", `${NAME}.zip`, "-d", folder], { cwd: elsewhere });
    return join(folder, NAME);
  });

/** Almost nothing of this process's environment, and ports that nobody else has. */
export function environment(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const { PATH = "", HOME = "/", JAVA_HOME } = process.env;
  const java = JAVA_HOME === undefined ? {} : { JAVA_HOME };
  return { PATH, HOME, ...java, ORRERY_PORT: "0", ORRERY_ADMIN_PORT: "0", ...more };
}
