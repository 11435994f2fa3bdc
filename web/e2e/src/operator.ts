/** The management API of a server that was started with one, as an operator's script calls it. */
import type { Settings } from "@orrery/client";
import { expect } from "vitest";
import type { Server } from "./server.ts";

export interface Operator {
  /** Changes settings of all instances; resolves to the tick from which each of them plays by the new ones. */
  settle(patch: Partial<Settings>): Promise<{ readonly settings: Settings; readonly atTicks: AtTicks }>;
  announce(instance: string, text: string): Promise<void>;
  drain(instance: string, seconds: number): Promise<void>;
  kick(instance: string, player: string): Promise<void>;
}

/** By instance. */
export type AtTicks = ReadonlyMap<string, number>;

const LINK = /Operate it at {2}(http:\/\/127\.0\.0\.1:\d+)\/#(\S+)/;

/** Resolves once the server has told where its management is. */
export async function operatorOf(server: Server): Promise<Operator> {
  await expect.poll(server.output, { timeout: 10_000 }).toMatch(LINK);
  const [, base, token] = LINK.exec(server.output()) ?? [];

  async function call(method: string, path: string, body?: object): Promise<unknown> {
    const answer = await fetch(`${base}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${text}`);
    return text === "" ? null : JSON.parse(text);
  }

  return {
    async settle(patch) {
      const { settings, instances } = (await call("PATCH", "/settings", patch)) as {
        settings: Settings;
        instances: readonly { readonly id: string; readonly atTick: number }[];
      };
      return { settings, atTicks: new Map(instances.map(({ id, atTick }) => [id, atTick])) };
    },
    announce: async (instance, text) =>
      void (await call("POST", `/instances/${instance}/announce`, { text })),
    drain: async (instance, seconds) =>
      void (await call("POST", `/instances/${instance}/drain`, { seconds })),
    kick: async (instance, player) => void (await call("DELETE", `/instances/${instance}/players/${player}`)),
  };
}
