/** What goes over the sockets of a tab, as the browser sends and receives it. */
import type { Page } from "playwright-core";

export interface Packet {
  readonly namespace: string;
  readonly event: string;
  readonly body: unknown;
}

export interface Wiretap {
  /** Events of the server, from all connections, in order; without the frequent ones. */
  readonly heard: readonly Packet[];
  /** How many connections were opened. */
  readonly connections: number;
}

const FREQUENT: ReadonlySet<string> = new Set(["update", "ack"]);

/** Listens in from now on; to be called before the page is opened. */
export function tap(page: Page): Wiretap {
  const heard: Packet[] = [];
  let connections = 0;
  page.on("websocket", (socket) => {
    connections += 1;
    socket.on("framereceived", ({ payload }) => {
      const packet = readEvent(payload.toString());
      if (packet !== null && !FREQUENT.has(packet.event)) heard.push(packet);
    });
  });
  return {
    heard,
    get connections() {
      return connections;
    },
  };
}

/** An event without attachments: `42/arena/…,["name",{…}]`; null for every other packet. */
export function readEvent(payload: string): Packet | null {
  const [, namespace, json] = /^42(\/[^,]+),(\[.*)$/s.exec(payload) ?? [];
  if (namespace === undefined || json === undefined) return null;
  const [event, body] = JSON.parse(json) as [string, unknown];
  return { namespace, event, body };
}

/** The newest session that the server gave to a tab, and where it counts. */
export function newestSession({ heard }: Wiretap): { readonly namespace: string; readonly session: string } {
  const welcome = heard.findLast(({ event }) => event === "welcome");
  if (welcome === undefined) throw new Error("No welcome was heard.");
  return { namespace: welcome.namespace, session: (welcome.body as { session: string }).session };
}

/** Inputs that left the browser together. */
export interface Sending {
  /** When, by the browser's own clock, ms. */
  readonly atMillis: number;
  readonly ticks: readonly number[];
}

/** Two inputs with less between them than this were sent together; well below the shortest tick of a test. */
const TOGETHER_MILLIS = 12;

/** Notes down all inputs that a page sends from now on. */
export async function tapInputs(page: Page): Promise<readonly Sending[]> {
  const sent: { atMillis: number; ticks: number[] }[] = [];
  const devtools = await page.context().newCDPSession(page);
  devtools.on("Network.webSocketFrameSent", ({ timestamp, response }) => {
    const packet = readEvent(response.payloadData);
    if (packet?.event !== "input") return;
    const atMillis = 1000 * timestamp;
    const { tick } = packet.body as { readonly tick?: number };
    const newest = sent.at(-1);
    if (newest !== undefined && atMillis - newest.atMillis < TOGETHER_MILLIS) newest.ticks.push(tick ?? 0);
    else sent.push({ atMillis, ticks: [tick ?? 0] });
  });
  await devtools.send("Network.enable");
  return sent;
}
