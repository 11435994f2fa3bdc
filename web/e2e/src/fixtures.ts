import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, expect } from "vitest";
import { openTab, type Tab, type TabOptions } from "./browser.ts";
import { launchBrowser } from "./chromium.mjs";
import { type PlainPlayer, play } from "./clients/plain-client.mjs";
import { type Network, startNetwork, type Weather } from "./network.ts";
import { operatorOf } from "./operator.ts";
import { ROOT, type Server, serve, startServer } from "./server.ts";

/** Tests with a folder, a server and a browser for each file, and tabs and plain players that end with their test. */
export const test = base
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern what a fixture needs; this one, nothing.
  .extend("folder", { scope: "file" }, async ({}, { onCleanup }) => {
    const folder = await mkdtemp(join(tmpdir(), "orrery-e2e-"));
    onCleanup(() => rm(folder, { recursive: true }));
    return folder;
  })
  .extend("demo", { scope: "file" }, async ({ folder }, { onCleanup }) => {
    const demo = await startServer({ data: join(folder, "data") });
    onCleanup(() => demo.stop());
    return demo;
  })
  .extend("server", ({ demo, onTestFailed }) => {
    onTestFailed(() => void process.stderr.write(demo.output()));
    return demo;
  })
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern what a fixture needs; this one, nothing.
  .extend("browser", { scope: "file" }, async ({}, { onCleanup }) => {
    const browser = await launchBrowser();
    onCleanup(() => browser.close());
    return browser;
  })
  .extend("open", async ({ browser }, { onCleanup }) => {
    const tabs: Tab[] = [];
    onCleanup(async () => {
      await Promise.all(tabs.map((tab) => tab.page.context().close()));
      const problems = tabs.flatMap((tab) => tab.problems);
      expect(problems, "errors in the pages of this test").toEqual([]);
    });
    return async (options: TabOptions = {}) => {
      const tab = await openTab(browser, options);
      tabs.push(tab);
      return tab.page;
    };
  })
  .extend("serveWith", ({ folder, onTestFailed }, { onCleanup }) => {
    const servers: Server[] = [];
    onCleanup(async () => void (await Promise.all(servers.map((server) => server.stop("SIGKILL")))));
    return async (config: string) => {
      const own = await mkdtemp(join(folder, "serve-"));
      const file = join(own, "server.conf");
      await writeFile(file, `listen.port = 0, admin.port = 0, data = data\n${config}\n`);
      const server = await serve("./orrery", ["serve", "--config", file], { cwd: ROOT });
      servers.push(server);
      onTestFailed(() => void process.stderr.write(server.output()));
      return server;
    };
  })
  .extend("operator", ({ server }) => operatorOf(server))
  .extend("far", async ({ server }, { onCleanup }) => {
    const networks: Network[] = [];
    onCleanup(async () => void (await Promise.all(networks.map((network) => network.stop()))));
    return async (weather: Weather) => {
      const network = await startNetwork(server.port, weather);
      networks.push(network);
      return network;
    };
  })
  .extend("hire", async ({ server }, { onCleanup }) => {
    const players: PlainPlayer[] = [];
    onCleanup(() => {
      for (const player of players) player.leave();
    });
    return async (name: string, onTick: Parameters<typeof play>[2] = () => {}) => {
      const player = await play(server.url, name, onTick);
      players.push(player);
      return player;
    };
  });

/** Upper bound of a condition that usually holds within a second or two, ms. */
export const PATIENCE = { timeout: 30_000, interval: 50 };
