import { Manager, NodeWebSocket, NodeXHR, type Socket } from "socket.io-client";
import { test as base, expect } from "vitest";
import { startConformance } from "./server.ts";

/** The three ways in which the official client carries its packets. */
export const MODES = {
  "polling only": ["polling"],
  "WebSocket only": ["websocket"],
  "polling then upgrade": ["polling", "websocket"],
} as const satisfies Record<string, readonly ("polling" | "websocket")[]>;

export type Mode = keyof typeof MODES;

export const MODE_NAMES = Object.keys(MODES) as readonly Mode[];

/** Upper bound of a condition that usually holds within a tenth of a second, ms. */
export const SOON = { timeout: 20_000, interval: 5 };

/** Often enough that a test sees several pings; patient enough for a machine that is busy. */
const PINGS = { pingIntervalMillis: 300, pingTimeoutMillis: 10_000 };

/** Tests with an echo server for each file (or the one at CONFORMANCE_URL), and connections that end with their test. */
export const test = base
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern what a fixture needs; this one, nothing.
  .extend("echo", { scope: "file" }, async ({}, { onCleanup }) => {
    const url = process.env["CONFORMANCE_URL"];
    if (url !== undefined) return { url, output: (): string => "" };
    const echo = await startConformance(PINGS);
    onCleanup(() => echo.stop());
    return echo;
  })
  .extend("server", ({ echo, onTestFailed }) => {
    onTestFailed(() => void process.stderr.write(echo.output()));
    return echo;
  })
  /** A connection that opens with its first namespace; its WebSocket waits for the gate, if there is one. */
  .extend("dial", ({ server }, { onCleanup }) => {
    const managers: Manager[] = [];
    onCleanup(() => {
      for (const manager of managers) manager._close();
    });
    return (mode: Mode, webSocket?: Gate): Manager => {
      const transports = webSocket === undefined ? [...MODES[mode]] : [NodeXHR, gatedWebSocket(webSocket)];
      const manager = new Manager(server.url, { transports, autoConnect: false, reconnection: false });
      managers.push(manager);
      return manager;
    };
  });

/** Holds an upgrade back: left alone, it is often over before a namespace is connected by polling. */
export interface Gate {
  readonly opened: Promise<void>;
  open(): void;
}

export function gate(): Gate {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

function gatedWebSocket({ opened }: Gate): typeof NodeWebSocket {
  return class extends NodeWebSocket {
    override doOpen(): this {
      void opened.then(() => super.doOpen());
      return this;
    }
  };
}

/** The arguments of each event of that name, from now on, in the order they come in. */
export function record(socket: Socket, event: string): readonly unknown[][] {
  const heard: unknown[][] = [];
  socket.on(event, (...args: unknown[]) => heard.push(args));
  return heard;
}

/** Connects the namespace; a refusal is an error. */
export async function connected(socket: Socket): Promise<Socket> {
  const problems: string[] = [];
  socket.once("connect_error", (error) => problems.push(error.message));
  socket.connect();
  await expect.poll(() => socket.connected || problems.length > 0, SOON).toBe(true);
  expect(problems).toEqual([]);
  return socket;
}

/** The message with which the namespace refuses this client. */
export async function refusal(socket: Socket): Promise<string> {
  const answers: string[] = [];
  socket.once("connect", () => answers.push("accepted"));
  socket.once("connect_error", (error) => answers.push(error.message));
  socket.connect();
  await expect.poll(() => answers, SOON).toHaveLength(1);
  return answers.join();
}

/** The arguments with which the server acknowledges an event that has these. */
export async function acknowledged(socket: Socket, ...args: unknown[]): Promise<readonly unknown[]> {
  const acks: unknown[][] = [];
  socket.emit("message-with-ack", ...args, (...answer: unknown[]) => acks.push(answer));
  await expect.poll(() => acks, SOON).toHaveLength(1);
  return acks[0] ?? [];
}

/** Resolves when everything has come in that the server sent before this call reached it. */
export async function settled(socket: Socket): Promise<void> {
  await socket.timeout(SOON.timeout).emitWithAck("message-with-ack");
}

/** The name of the transport that carries the connection now. */
export function transportOf(manager: Manager): string {
  return manager.engine.transport.name;
}

/** Resolves when the connection has the transport that its mode ends with. */
export async function arrived(manager: Manager, mode: Mode): Promise<void> {
  await expect.poll(() => transportOf(manager), SOON).toBe(MODES[mode].at(-1));
}
