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

/** What a server said to a CONNECT: `accepted`, or the code of its refusal, or its bare message where it has no code. */
export function knock(address: string, auth: Record<string, unknown>): Promise<string> {
  const socket = io(address, { auth, transports: ["websocket"], reconnection: false, forceNew: true });
  return new Promise<string>((resolve) => {
    socket.once("connect", () => resolve("accepted"));
    socket.once("connect_error", (error: Error & { data?: { code?: string } }) => {
      resolve(error.data?.code ?? error.message);
    });
  }).finally(() => socket.disconnect());
}
