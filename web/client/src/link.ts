/**
 * One attempt at a connection: asks for a seat where it needs one, opens the socket, and tells what happens. A link is
 * used once; to come back is to dial again, with what the server gave for it.
 */
import { io, type Socket } from "socket.io-client";
import { FRAME, frameParser, WORD } from "./frames/parser.ts";
import type { Divergence } from "./frames/view.ts";
import { decodeClock } from "./messages.ts";
import { type InputMessage, SERVER_EVENTS } from "./protocol.ts";
import { requestSeat, type SeatRequest } from "./seat.ts";
import type { Target } from "./target.ts";

export type LinkEvent =
  | { readonly type: "message"; readonly event: string; readonly body: unknown }
  | { readonly type: "frame"; readonly bytes: Uint8Array }
  | {
      readonly type: "clock";
      readonly sentAtMillis: number;
      readonly tick: number;
      readonly elapsedMillis: number;
    }
  /** Seat or connection refused by the server; the link is dead. */
  | { readonly type: "refused"; readonly code: string; readonly message: string }
  /** No connection, or not any more; the link is dead. */
  | { readonly type: "lost"; readonly message: string };

export interface Link {
  /** Address of the instance; null while the seat is asked for. */
  readonly address: string | null;
  input(message: InputMessage): void;
  /** Says a word, see `frames/words.ts`: the first asks for frames. */
  word(bytes: Uint8Array): void;
  /** Wants to be told of the world in events, and not in frames. */
  plain(): void;
  /** Reports what this client computes otherwise than the server. */
  diverged(divergence: Divergence): void;
  /** Asks for the server's clock; the answer is delivered as an event. */
  askClock(): void;
  /** Gives the seat back and ends the link; nothing is delivered after it. */
  leave(): void;
  /** Ends the link without a goodbye, so that the session can be taken up again; nothing is delivered after it. */
  drop(): void;
}

/**
 * Starts an attempt and delivers its events, each with the time it arrived at, until the link is dead, left or dropped.
 *
 * @param hash of the rules and schema that this client plays by; null as long as it knows none
 */
export type Dial = (
  target: Target,
  hash: string | null,
  deliver: (event: LinkEvent, nowMillis: number) => void,
) => Link;

const LOSSES: Readonly<Record<string, string>> = {
  "io server disconnect": "The server has ended the connection.",
  "ping timeout": "The server has fallen silent.",
};
/** How a Socket.IO server refuses a namespace that it does not have: the instance that was there is gone. */
const NO_NAMESPACE = "Invalid namespace";
const CONNECT_TIMEOUT_MILLIS = 5_000;

type Credentials = { readonly ticket: string } | { readonly session: string };

/** Links over HTTP and Socket.IO. */
export function socketDial(request: SeatRequest, now: () => number): Dial {
  return (target, hash, deliver) => {
    const seatWanted = new AbortController();
    let address: string | null = null;
    let socket: Socket | null = null;
    let dead = false;

    const tell = (event: LinkEvent): void => {
      if (dead) return;
      if (event.type === "refused" || event.type === "lost") drop();
      deliver(event, now());
    };
    const open = (at: string, credentials: Credentials): void => {
      address = at;
      socket = openSocket(at, hash === null ? credentials : { ...credentials, hash }, tell);
    };
    const drop = (): void => {
      dead = true;
      seatWanted.abort();
      socket?.io.engine?.close();
    };
    const leave = (): void => {
      dead = true;
      seatWanted.abort();
      if (socket?.connected === false) {
        // Who is being let in just now says goodbye at the door.
        socket.once("connect", () => socket?.disconnect());
        socket.once("connect_error", () => socket?.disconnect());
      } else socket?.disconnect();
    };

    switch (target.type) {
      case "join":
        requestSeat(request, seatWanted.signal).then((answer) => {
          if (dead) return;
          if (answer.type === "seat") open(answer.address, { ticket: answer.ticket });
          else tell(answer);
        });
        break;
      case "resume":
        open(target.address, { session: target.session });
        break;
      case "seat":
        open(target.address, { ticket: target.ticket });
        break;
      default:
        target satisfies never;
    }

    return {
      get address() {
        return address;
      },
      input: (message) => socket?.emit("input", message),
      word: (bytes) => socket?.emit(WORD, bytes),
      plain: () => socket?.emit("plain"),
      diverged: (divergence) => socket?.emit("diverged", divergence),
      askClock: () => {
        const sentAtMillis = now();
        socket?.emit("clock", (tick: unknown, elapsedMillis: unknown) => {
          const answer = decodeClock({ tick, elapsedMillis });
          if (answer.ok) tell({ type: "clock", sentAtMillis, ...answer.value });
        });
      },
      leave,
      drop,
    };
  };
}

function openSocket(
  address: string,
  auth: Credentials & { readonly hash?: string },
  tell: (event: LinkEvent) => void,
): Socket {
  const socket = io(address, {
    transports: ["websocket"],
    auth,
    // Tickets and sessions serve once, so the library's own reconnection could only be refused; the room dials again.
    reconnection: false,
    forceNew: true,
    timeout: CONNECT_TIMEOUT_MILLIS,
    parser: frameParser(new URL(address).pathname),
  });
  socket.on(FRAME, (bytes: Uint8Array) => tell({ type: "frame", bytes }));
  for (const event of SERVER_EVENTS) {
    socket.on(event, (body: unknown) => tell({ type: "message", event, body }));
  }
  // The session that this connection came with is void from now on: the next one is known here.
  socket.on("welcome", () => socket.emit("welcomed"));
  socket.on("connect_error", (error: Error & { data?: { code?: unknown } }) => {
    const isGone = error.message === NO_NAMESPACE;
    const code = isGone ? "instance-closed" : error.data?.code;
    const message = isGone ? "The instance is gone." : error.message;
    if (typeof code === "string") tell({ type: "refused", code, message });
    else tell({ type: "lost", message: "The server lets nobody in just now." });
  });
  socket.on("disconnect", (reason) =>
    tell({ type: "lost", message: LOSSES[reason] ?? "The connection broke." }),
  );
  return socket;
}
