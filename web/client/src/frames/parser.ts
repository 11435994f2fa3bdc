/**
 * The parser of Socket.IO with which a client gets frames: its first packet goes out as bytes, which tells the server; from then on a
 * packet is text as ever, and a message of bytes is a frame, or a word.
 *
 * To the socket they are the events `frame` and `word` with the bytes.
 */
import { Decoder, Encoder, type Packet, PacketType } from "socket.io-parser";

export const FRAME = "frame";
export const WORD = "word";

/** @param namespace to which frames belong: the only one that the client is in */
export function frameParser(namespace: string) {
  return {
    Encoder: class extends Encoder {
      override encode(packet: Packet): unknown[] {
        if (packet.type === PacketType.EVENT && packet.data?.[0] === WORD) return [packet.data[1]];
        const encoded = super.encode(packet);
        return packet.type === PacketType.CONNECT
          ? encoded.map((text) => new TextEncoder().encode(text))
          : encoded;
      }
    },
    Decoder: class extends Decoder {
      override add(message: unknown): void {
        if (typeof message === "string") super.add(message);
        else {
          this.emitReserved("decoded", {
            type: PacketType.EVENT,
            nsp: namespace,
            data: [FRAME, new Uint8Array(message as ArrayBuffer)],
          });
        }
      }
    },
  };
}
