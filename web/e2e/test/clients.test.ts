import type { Socket } from "socket.io-client";
import { describe, expect } from "vitest";
import {
  acknowledged,
  arrived,
  connected,
  gate,
  MODE_NAMES,
  record,
  refusal,
  SOON,
  settled,
  test,
  transportOf,
} from "../src/conformance.ts";

// What JSON escapes, what UTF-8 needs one to four bytes for, what ends lines and payloads elsewhere, and much.
const TEXTS = [
  "",
  'quote " backslash \\ slash / tab \t line \r\n nul \0 separators \u001e \u2028 \u2029',
  "Grüße, 你好, Привет, مرحبا, e\u0301, 👩‍🚀🪐",
  '42["message","not a packet"]\u001e2',
  "ö€🪐".repeat(20_000),
];

const EVERY_BYTE = Buffer.from(Array.from({ length: 256 }, (_, value) => value));
const MUCH = Buffer.alloc(100_000, EVERY_BYTE);
/** Attachments at several depths, an empty one, and text that looks like the place of one. */
const NESTED = {
  list: [EVERY_BYTE, { deep: Buffer.alloc(0), text: "🪐" }],
  place: { _placeholder: false, num: 7 },
  other: Buffer.from("🪐"),
};

const BURST = 200;
const numbers = (count: number): number[][] => Array.from({ length: count }, (_, index) => [index]);

/** Emits the numbers from `from` on, each as an event of its own. */
function burst(socket: Socket, from = 0): void {
  for (let index = from; index < from + BURST; index++) socket.emit("message", index);
}

/** What the server's question was answered with, as the server says it. */
async function answered(socket: Socket, ...answer: unknown[]): Promise<unknown> {
  const answers = record(socket, "answered");
  socket.once("question", (...args: unknown[]) => {
    const reply = args.pop() as (...values: unknown[]) => void;
    reply(...answer, ...args);
  });
  socket.emit("ask", "how", { many: 2 });
  await expect.poll(() => answers, SOON).toHaveLength(1);
  return answers[0];
}

describe.each(MODE_NAMES)("%s", (mode) => {
  test("has two namespaces on one connection, with different ids", async ({ dial }) => {
    const manager = dial(mode);
    const root = manager.socket("/");
    const custom = manager.socket("/custom", { auth: { name: "Ada 🪐", level: 3 } });
    const auths = [record(root, "auth"), record(custom, "auth")];
    await Promise.all([connected(root), connected(custom)]);
    await expect.poll(() => auths, SOON).toEqual([[[{}]], [[{ name: "Ada 🪐", level: 3 }]]]);
    expect(new Set([root.id, custom.id, manager.engine.id]).size).toBe(3);

    const first = custom.id;
    custom.disconnect();
    await settled(root);
    await connected(custom);
    expect(custom.id).not.toBe(first);
    await arrived(manager, mode);
  });

  test("gets text back as it was", async ({ dial }) => {
    const socket = await connected(dial(mode).socket("/"));
    const echoes = record(socket, "message-back");
    const values = [null, true, 0, -1.5e300, [], {}, { "": [[["🪐"]]] }];
    for (const text of TEXTS) socket.emit("message", text);
    socket.emit("message");
    socket.emit("message", ...values);
    await expect.poll(() => echoes.length, SOON).toBe(TEXTS.length + 2);
    expect(echoes).toEqual([...TEXTS.map((text) => [text]), [], values]);
  });

  test("gets bytes back as they were", async ({ dial }) => {
    const socket = await connected(dial(mode).socket("/"));
    const echoes = record(socket, "message-back");
    const events = [[EVERY_BYTE], [Buffer.alloc(0)], [MUCH, "and", EVERY_BYTE], [NESTED, 1]];
    for (const args of events) socket.emit("message", ...args);
    await expect.poll(() => echoes.length, SOON).toBe(events.length);
    expect(echoes).toEqual(events);
  });

  test("has its events acknowledged, with text and with bytes", async ({ dial }) => {
    const socket = await connected(dial(mode).socket("/"));
    for (const args of [[], [null, ...TEXTS], [MUCH], [NESTED, "🪐", EVERY_BYTE]]) {
      expect(await acknowledged(socket, ...args)).toEqual(args);
    }
    for (const value of ["🪐", MUCH]) {
      expect(await socket.timeout(SOON.timeout).emitWithAck("message-with-ack", value)).toEqual(value);
    }
  });

  test("acknowledges what the server asks, with text and with bytes", async ({ dial }) => {
    const socket = await connected(dial(mode).socket("/"));
    const asked = ["how", { many: 2 }];
    expect(await answered(socket)).toEqual(asked);
    for (const text of TEXTS) expect(await answered(socket, text, 1)).toEqual([text, 1, ...asked]);
    expect(await answered(socket, NESTED, EVERY_BYTE)).toEqual([NESTED, EVERY_BYTE, ...asked]);
  });

  test("is asked with bytes, and may be silent", async ({ dial }) => {
    const socket = await connected(dial(mode).socket("/"));
    const questions = record(socket, "question");
    const [answers, silences] = [record(socket, "answered"), record(socket, "unanswered")];
    socket.emit("ask", EVERY_BYTE, NESTED);
    await expect.poll(() => silences, SOON).toEqual([[]]);
    expect(answers).toEqual([]);
    expect(questions).toEqual([[EVERY_BYTE, NESTED, expect.any(Function)]]);
  });

  test("hears a binary broadcast once, as two others do", async ({ dial }) => {
    const others = MODE_NAMES.filter((name) => name !== mode);
    const sockets = await Promise.all([mode, ...others].map((name) => connected(dial(name).socket("/"))));
    const elsewhere = await connected(dial(mode).socket("/custom"));
    const [sender] = sockets as [Socket];
    const heard = sockets.map((socket) => record(socket, "b"));
    const unheard = record(elsewhere, "b");
    sender.emit("bcast-bin");
    sender.emit("bcast", "🪐");
    await expect.poll(() => heard.every((events) => events.length >= 2), SOON).toBe(true);
    await Promise.all(sockets.map(settled));
    expect(heard).toEqual(Array(3).fill([[Buffer.from([1, 2, 3])], ["🪐"]]));
    expect(unheard).toEqual([]);
  });

  test("sends and gets bursts complete and in order", async ({ dial }) => {
    const socket = await connected(dial(mode).socket("/"));
    const [echoes, many] = [record(socket, "message-back"), record(socket, "m")];
    burst(socket);
    await settled(socket);
    expect(echoes).toEqual(numbers(BURST));
    socket.emit("many", BURST);
    await settled(socket);
    expect(many).toEqual(numbers(BURST));
  });

  test("keeps text and bytes of a burst in order", async ({ dial }) => {
    const socket = await connected(dial(mode).socket("/"));
    const echoes = record(socket, "message-back");
    const events = numbers(BURST).map(([at = 0]) =>
      at % 3 === 0 ? [at] : [at, Buffer.from([at]), MUCH.subarray(0, at)],
    );
    for (const args of events) socket.emit("message", ...args);
    await settled(socket);
    expect(echoes).toEqual(events);
  });

  test("is told what is wrong with a namespace, and its others live on", async ({ dial }) => {
    const manager = dial(mode);
    const root = await connected(manager.socket("/"));
    expect(await refusal(manager.socket("/nowhere"))).toBe("Invalid namespace");
    expect(await refusal(manager.socket("/custom/🪐"))).toBe("Invalid namespace");
    await settled(root);
    expect(root.connected).toBe(true);
  });

  test("is told that its ticket is refused, and enters with a good one", async ({ dial }) => {
    const manager = dial(mode);
    const root = await connected(manager.socket("/"));
    const secure = manager.socket("/secure");
    const replies = record(secure, "secret-reply");
    for (const auth of [{}, { token: "bad" }, { token: ["good"] }]) {
      secure.auth = auth;
      expect(await refusal(secure)).toBe("not allowed");
      expect(secure.connected).toBe(false);
    }
    await settled(root);

    secure.auth = { token: "good" };
    await connected(secure);
    secure.emit("secret");
    await expect.poll(() => replies, SOON).toHaveLength(1);
  });

  test("outlives several pings", async ({ dial }) => {
    const manager = dial(mode);
    const socket = await connected(manager.socket("/"));
    let pings = 0;
    const ends = record(socket, "disconnect");
    manager.on("ping", () => pings++);
    await expect.poll(() => pings, SOON).toBeGreaterThanOrEqual(4);
    await settled(socket);
    expect(ends).toEqual([]);
  });
});

describe("an upgrade", () => {
  // Where in the upgrade each packet falls is up to the machine: several times see more of it.
  const options = { repeats: 9 };

  test("loses nothing of bursts and keeps their order", options, async ({ dial }) => {
    const upgrade = gate();
    const manager = dial("polling then upgrade", upgrade);
    const socket = await connected(manager.socket("/"));
    const [echoes, many] = [record(socket, "message-back"), record(socket, "m")];
    const phases: string[] = [];
    const bursts = (phase: string): void => {
      burst(socket, phases.length * BURST);
      socket.emit("many", BURST);
      phases.push(`${phase} on ${transportOf(manager)}`);
    };
    manager.engine.once("upgrading", () => bursts("upgrading"));
    manager.engine.once("upgrade", () => bursts("upgraded"));
    bursts("connected");
    upgrade.open();

    await expect.poll(() => phases, SOON).toHaveLength(3);
    await settled(socket);
    expect(phases).toEqual(["connected on polling", "upgrading on polling", "upgraded on websocket"]);
    expect(echoes).toEqual(numbers(3 * BURST));
    expect(many).toEqual([...numbers(BURST), ...numbers(BURST), ...numbers(BURST)]);
  });

  test("goes unnoticed by what flows all the time", options, async ({ dial }) => {
    const upgrade = gate();
    const manager = dial("polling then upgrade", upgrade);
    const socket = await connected(manager.socket("/"));
    const echoes = record(socket, "message-back");
    let sent = 0;
    let last = Number.POSITIVE_INFINITY;
    const send = (): void => {
      if (sent < last) socket.emit("message", sent++);
    };
    // Each echo sends the next event, so that some are under way in both directions at every moment of the upgrade.
    socket.on("message-back", send);
    manager.engine.once("upgrade", () => {
      last = sent + BURST;
    });
    for (let count = 0; count < 10; count++) send();
    await expect.poll(() => echoes.length, SOON).toBeGreaterThan(20);
    expect(transportOf(manager)).toBe("polling");
    upgrade.open();

    await expect.poll(() => echoes.length >= last, SOON).toBe(true);
    await settled(socket);
    expect(transportOf(manager)).toBe("websocket");
    expect(echoes).toEqual(numbers(last));
  });
});
