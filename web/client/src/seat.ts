import { decodeRefusal, decodeSeat } from "./messages.ts";
import type { Seat } from "./protocol.ts";

export interface SeatRequest {
  /** Base address of the server, without a slash at its end. */
  readonly url: string;
  readonly game: string;
  readonly name?: string;
  /** Those who name the same party are seated together. */
  readonly party?: string;
  /** Who the player is, as the studio's own server has signed it. */
  readonly token?: string;
}

export type SeatAnswer =
  | { readonly type: "seat"; readonly address: string; readonly ticket: string }
  | { readonly type: "refused"; readonly code: string; readonly message: string }
  | { readonly type: "lost"; readonly message: string };

const TIMEOUT_MILLIS = 8_000;

/** `POST /api/v1/join`. Never rejects: what goes wrong is an answer. */
export async function requestSeat(request: SeatRequest, signal: AbortSignal): Promise<SeatAnswer> {
  const timeout = setTimeout(() => expired.abort(), TIMEOUT_MILLIS);
  const expired = new AbortController();
  signal.addEventListener("abort", () => expired.abort());
  try {
    const { url, token, ...body } = request;
    const bearer: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const response = await fetch(`${url}/api/v1/join`, {
      method: "POST",
      headers: { "content-type": "application/json", ...bearer },
      body: JSON.stringify(body),
      signal: expired.signal,
    });
    const json: unknown = await response.json().catch(() => null);
    return response.ok ? readSeat(json, url) : readRefusal(json, response.status);
  } catch {
    return { type: "lost", message: "The server does not answer." };
  } finally {
    clearTimeout(timeout);
  }
}

function readSeat(json: unknown, base: string): SeatAnswer {
  const seat = decodeSeat(json);
  if (!seat.ok) return { type: "lost", message: `The server's seat is unreadable: ${seat.reason}.` };
  return { type: "seat", address: addressOf(seat.value, base), ticket: seat.value.ticket };
}

/** Where to take a seat; a server that names no address of its own is at {@link base}. */
export function addressOf({ url, namespace }: Seat, base: string): string {
  return `${url || base}${namespace}`;
}

/** A refusal in the protocol's form is the server's own; any other failure is that of something on the way to it. */
function readRefusal(json: unknown, status: number): SeatAnswer {
  const refusal = decodeRefusal(json);
  if (!refusal.ok) return { type: "lost", message: `The server answers with status ${status}.` };
  return { type: "refused", ...refusal.value };
}
