/**
 * `node parser.mjs`: what the official parser makes of packets. Called by ParserDifferenceTest, in Java, which has asked the server's
 * own decoder. On the standard input, a line of JSON for each connection:
 *
 *     ["51-[…]", {"b": "AQID"}]    its messages: text, or bytes in Base64
 *     "451-[…]\u001ebAQID"         the body of a polling response, which is taken apart by the official client first
 *
 * and on the standard output, a line for each:
 *
 *     {"packets": […], "end": "idle" | "waiting" | "refused", "taken": 1, "again": [[…]]}
 *
 * The packets are those before the end, `taken` the count of messages before the one that was refused, `again` what the official
 * encoder makes of each packet. Values are written so that nothing is lost or
 * left to taste: numbers as their 64 bits, objects as members sorted by name.
 */
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";

// Not those of this package but those of the client that browsers run.
const client = createRequire(createRequire(import.meta.url).resolve("socket.io-client"));
const { Decoder, Encoder, isPacketValid } = client("socket.io-parser");
const { decodePayload } = createRequire(client.resolve("engine.io-client"))("engine.io-parser");

/** @typedef {string | Buffer} Message */

/**
 * @param {unknown} value
 * @returns {unknown}
 */
function exact(value) {
  if (value === undefined) return null;
  if (typeof value === "number") {
    const bits = Buffer.alloc(8);
    bits.writeDoubleBE(value);
    return { n: bits.toString("hex") };
  }
  if (Buffer.isBuffer(value)) return { b: value.toString("base64") };
  if (Array.isArray(value)) return value.map(exact);
  if (typeof value !== "object" || value === null) return value;
  return {
    o: Object.keys(value)
      .sort()
      .map((name) => [name, exact(/** @type {Record<string, unknown>} */ (value)[name])]),
  };
}

/** @param {readonly Message[]} messages */
function decode(messages) {
  const decoder = new Decoder();
  /** @type {unknown[]} */
  const packets = [];
  /** @type {unknown[]} */
  const again = [];
  let end = "idle";
  let taken = 0;
  decoder.on("decoded", (/** @type {any} */ packet) => {
    // The decoder takes an event without data; this is how the official side finds out.
    if (!isPacketValid(packet)) throw new Error("an invalid packet");
    packets.push({ type: packet.type, nsp: packet.nsp, id: exact(packet.id), data: exact(packet.data) });
    again.push(new Encoder().encode(packet).map(toJson));
    end = "idle";
  });
  try {
    for (const message of messages) {
      end = "waiting";
      decoder.add(message);
      taken++;
    }
  } catch {
    end = "refused";
  }
  return { packets, end, taken, again };
}

/** @param {Message} message */
const toJson = (message) => (typeof message === "string" ? message : { b: message.toString("base64") });

/** @param {string | (string | { b: string })[]} line */
function messages(line) {
  if (typeof line === "string")
    return decodePayload(line, "nodebuffer").map((/** @type {any} */ packet) => packet.data);
  return line.map((message) => (typeof message === "string" ? message : Buffer.from(message.b, "base64")));
}

for (const line of (await text(process.stdin)).split("\n")) {
  if (line !== "") process.stdout.write(`${JSON.stringify(decode(messages(JSON.parse(line))))}\n`);
}
