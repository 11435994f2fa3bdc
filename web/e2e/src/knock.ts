import { io } from "socket.io-client";

export interface Seat {
  readonly url: string;
  readonly namespace: string;
  readonly ticket: string;
}

/** A seat, as the server offers it over HTTP. */
export async function askForSeat(server: string): Promise<Seat> {
  const answer = await fetch(`${server}/api/v1/join`, {
    method: "POST",
    body: JSON.stringify({ game: "arena", name: "Eve" }),
  });
  return (await answer.json()) as Seat;
}

export interface Answer {
  /** `accepted`, or the code of the refusal, or its bare message where it has no code. */
  readonly code: string;
  /** The refusal in words, for people. */
  readonly words: string;
}

/** What a server says to a CONNECT. */
export function answer(
  address: string,
  auth: Record<string, unknown>,
  transport: "polling" | "websocket",
): Promise<Answer> {
  const socket = io(address, { auth, transports: [transport], reconnection: false, forceNew: true });
  return new Promise<Answer>((resolve) => {
    socket.once("connect", () => resolve({ code: "accepted", words: "" }));
    socket.once("connect_error", ({ message, data }: Error & { data?: { code?: string } }) => {
      resolve({ code: data?.code ?? message, words: message });
    });
  }).finally(() => socket.disconnect());
}

/** The code in what a server says to a CONNECT. */
export async function knock(...call: Parameters<typeof answer>): Promise<string> {
  return (await answer(...call)).code;
}
