import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFailed, onTestFinished } from "vitest";
import { type PlainActor, play } from "../src/clients/plain-client.mjs";
import { PATIENCE } from "../src/fixtures.ts";
import { ROOT, type Server, serve } from "../src/server.ts";
import { environment, NAME, test } from "../src/zip.ts";

const run = promisify(execFile);

async function start(unpacked: string): Promise<Server> {
  // Started from anywhere: no path may count from the working directory.
  const server = await serve(join(unpacked, "bin/orrery-server"), [], { cwd: "/", env: environment() });
  onTestFinished(() => void server.stop("SIGKILL"));
  onTestFailed(() => void process.stderr.write(server.output()));
  return server;
}

test("what is unpacked elsewhere serves players, and drains when it is told to end", async ({ unpacked }) => {
  const server = await start(unpacked);
  const places: PlainActor[] = [];
  let mine = -1;
  const player = await play(server.url, "Ada", (_tick, actors) => {
    const ship = actors.get(mine);
    if (ship !== undefined) places.push(ship);
  });
  mine = player.ship;
  await expect.poll(() => places.length, PATIENCE).toBeGreaterThan(0);
  const from = places[0] as PlainActor;
  player.steer(from.x < 1000 ? 1 : -1, 0);
  await expect.poll(() => Math.abs((places.at(-1) as PlainActor).x - from.x), PATIENCE).toBeGreaterThan(60);
  expect((await fetch(server.url)).headers.get("content-type")).toContain("text/html");

  server.signal("SIGTERM");
  await expect.poll(() => server.output(), PATIENCE).toContain("Draining: players have 30 s to leave.");
  const heard = places.length;
  await expect.poll(() => places.length, PATIENCE).toBeGreaterThan(heard + 5); // who plays, plays on
  const late = await fetch(`${server.url}/api/v1/join`, { method: "POST", body: '{"game": "arena"}' });
  expect([late.status, await late.json()]).toMatchObject([503, { code: "draining" }]);
  player.leave();
  expect(await server.ended).toBe(0);
  expect(server.output()).toContain("Ended.");
});

test("a second signal ends it at once", async ({ unpacked }) => {
  const server = await start(unpacked);
  const player = await play(server.url, "Ada", () => {});
  onTestFinished(() => player.leave());
  server.signal("SIGINT");
  await expect.poll(() => server.output(), PATIENCE).toContain("Draining");
  server.signal("SIGTERM");
  expect(await server.ended).toBe(128 + 15);
  expect(server.output()).not.toContain("Ended.");
});

test("its data stays in its folder, with keys that only their owner can read", async ({ unpacked }) => {
  const server = await start(unpacked);
  const { stdout } = await run("ls", ["-l", join(unpacked, "data/ticket-keys")]);
  expect(stdout).toMatch(/^-rw-------/);
  server.signal("SIGTERM");
  expect(await server.ended).toBe(0);
});

test("the launcher serves a configuration of where its caller is", async ({ elsewhere }) => {
  await writeFile(join(elsewhere, "mine.conf"), "listen.port = 0\nadmin.port = 0\nregion = mine\n");
  const server = await serve(join(ROOT, "orrery"), ["serve", "--config", "mine.conf"], { cwd: elsewhere });
  onTestFinished(() => void server.stop("SIGKILL"));
  expect(await (await fetch(`${server.url}/api/v1/ping`)).json()).toMatchObject({ region: "mine" });
  server.signal("SIGTERM");
  expect(await server.ended).toBe(0);
});

test.runIf(process.platform === "linux")("systemd accepts its unit", async ({ elsewhere, unpacked }) => {
  await run("systemd-analyze", ["--version"]).catch(() => {
    throw new Error(
      "This test needs systemd-analyze: install systemd (Debian, Ubuntu: sudo apt install systemd).",
    );
  });
  // As docs/operations.md says, but with the folder of this test in the place of /opt.
  const unit = await readFile(join(unpacked, "orrery.service"), "utf8");
  expect(unit).toContain(`ExecStart=/opt/${NAME}/bin/orrery-server --config /etc/orrery/server.conf\n`);
  const units = join(elsewhere, "units");
  await mkdir(units, { recursive: true });
  const path = join(units, "orrery.service");
  await writeFile(path, unit.replaceAll(`/opt/${NAME}/`, `${unpacked}/`));
  const { stdout, stderr } = await run("systemd-analyze", ["verify", "--man=no", path]);
  // It complains of units of this machine too; of this one there must be nothing.
  expect(`${stdout}${stderr}`.split("\n").filter((line) => line.includes("orrery"))).toEqual([]);
});
