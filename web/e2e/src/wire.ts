/** What goes over the sockets of a tab, as the browser sends and receives it. */
import type { Page } from "playwright-core";
import { BitReader } from "../../client/src/frames/bits.ts";

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

/** Bits of the arena's input in a word: five fields of eight bits. */
const ROW_BITS = 40;

/** Notes down all words with inputs that a page sends from now on. */
export async function tapInputs(page: Page): Promise<readonly Sending[]> {
  const sent: Sending[] = [];
  const devtools = await page.context().newCDPSession(page);
  devtools.on("Network.webSocketFrameSent", ({ timestamp, response }) => {
    if (response.opcode !== BINARY) return;
    const ticks = stampsOf(Buffer.from(response.payloadData, "base64"));
    if (ticks.length > 0) sent.push({ atMillis: 1000 * timestamp, ticks });
  });
  await devtools.send("Network.enable");
  return sent;
}

const BINARY = 2;

/** The ticks for which the inputs of a word are meant; none for what is no word. */
function stampsOf(word: Uint8Array): number[] {
  const bits = new BitReader();
  bits.begin(word);
  if (!bits.bit()) return [];
  bits.bit();
  const hasWrong = bits.bit();
  const count = bits.bits(3);
  bits.bits(2 + 8 + (hasWrong ? 16 : 0));
  return Array.from({ length: count }, () => {
    const stamp = bits.bits(16);
    if (bits.bit()) bits.golomb(0);
    bits.bits(ROW_BITS - 32);
    bits.bits(32);
    return stamp;
  });
}
