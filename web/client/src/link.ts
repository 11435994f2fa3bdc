/**
 * One attempt at a connection: asks for a seat, opens its socket, and tells what happens. A link is used once; to come
 * back is to dial again, by the ordinary path, with a new ticket.
 */
import { io, type Socket } from "socket.io-client";
import { decodeClock } from "./messages.ts";
import { type InputMessage, SERVER_EVENTS } from "./protocol.ts";
import { requestSeat, type SeatRequest } from "./seat.ts";

export type LinkEvent =
  | { readonly type: "message"; readonly event: string; readonly body: unknown }
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
  input(message: InputMessage): void;
  /** Asks for the server's clock; the answer is delivered as an event. */
  askClock(): void;
  /** Ends the link; nothing is delivered after it. */
  close(): void;
}

/** Starts an attempt and delivers its events, each with the time it arrived at, until the link is dead or closed. */
export type Dial = (deliver: (event: LinkEvent, nowMillis: number) => void) => Link;

const LOSSES: Readonly<Record<string, string>> = {
  "io server disconnect": "The server has ended the connection.",
  "ping timeout": "The server has fallen silent.",
};
const CONNECT_TIMEOUT_MILLIS = 5_000;

/** Links over HTTP and Socket.IO. */
export function socketDial(request: SeatRequest, now: () => number): Dial {
  return (deliver) => {
    const seatWanted = new AbortController();
    let socket: Socket | null = null;
    let dead = false;

    const tell = (event: LinkEvent): void => {
      if (dead) return;
      if (event.type === "refused" || event.type === "lost") close();
      deliver(event, now());
    };
    const close = (): void => {
      dead = true;
      seatWanted.abort();
      socket?.disconnect();
    };

    requestSeat(request, seatWanted.signal).then((answer) => {
      if (dead) return;
      if (answer.type === "seat") socket = openSocket(answer.address, answer.ticket, tell);
      else tell(answer);
    });

    return {
      input: (message) => socket?.emit("input", message),
      askClock: () => {
        const sentAtMillis = now();
        socket?.emit("clock", (tick: unknown, elapsedMillis: unknown) => {
          const answer = decodeClock({ tick, elapsedMillis });
          if (answer.ok) tell({ type: "clock", sentAtMillis, ...answer.value });
        });
      },
      close,
    };
  };
}

function openSocket(address: string, ticket: string, tell: (event: LinkEvent) => void): Socket {
  const socket = io(address, {
    transports: ["websocket"],
    auth: { ticket },
    // A ticket serves once, so the library's own reconnection could only be refused; the room dials again instead.
    reconnection: false,
    forceNew: true,
    timeout: CONNECT_TIMEOUT_MILLIS,
  });
  for (const event of SERVER_EVENTS) {
    socket.on(event, (body: unknown) => tell({ type: "message", event, body }));
  }
  socket.on("connect_error", (error: Error & { data?: { code?: unknown } }) => {
    const code = error.data?.code;
    if (typeof code === "string") tell({ type: "refused", code, message: error.message });
    else tell({ type: "lost", message: "The server lets nobody in just now." });
  });
  socket.on("disconnect", (reason) =>
    tell({ type: "lost", message: LOSSES[reason] ?? "The connection broke." }),
  );
  return socket;
}
