import { createRoom } from "./drive.ts";
import type { RulesModule } from "./library.ts";
import { socketDial } from "./link.ts";
import type { Room } from "./room.ts";

export interface JoinOptions {
  /** Shown to the others; the server finds one for guests who bring none. */
  readonly name?: string;
  /** Those who name the same party are seated together. */
  readonly party?: string;
  /** Who the player is, as a JWT of the studio's own; without one the player is a guest. */
  readonly token?: string;
  /** Base address of the server; the page's own origin if absent. Another one has to allow the page's origin. */
  readonly url?: string;
  /** False does without the game's rules: the own actor is known as late as all others, and is shown where the server has it. */
  readonly predict?: boolean;
}

/** Why there is no room: a code of the server (`full`, `outdated`, …) or `unreachable`, and a sentence to show. */
export class JoinError extends Error {
  override readonly name = "JoinError";

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Rules that take longer to load are done without. */
const RULES_MILLIS = 5_000;

function load(address: string): Promise<RulesModule> {
  return import(/* @vite-ignore */ address);
}

function expiry(millis: number): Promise<never> {
  return new Promise((_, reject) =>
    setTimeout(() => reject(new Error(`nothing came in ${millis} ms`)), millis),
  );
}

/**
 * Takes a seat in an instance of {@link game}. Resolves once the world is known; from then on the room comes back by
 * itself when the connection is lost, and says how it stands with `status`.
 *
 * @throws JoinError (as a rejection) if there is no seat or no server
 */
export function join(game: string, options: JoinOptions = {}): Promise<Room> {
  const { url = globalThis.location?.origin, predict = true, ...request } = options;
  if (url === undefined)
    return Promise.reject(new JoinError("unreachable", "Outside a browser, name the url."));
  const now = (): number => performance.now();
  const base = url.replace(/\/+$/, "");
  const room = createRoom({
    dial: socketDial({ url: base, game, ...request }, now),
    url: base,
    loadRules: predict ? (path) => Promise.race([load(base + path), expiry(RULES_MILLIS)]) : null,
    random: Math.random,
    wake: () => queueMicrotask(() => room.advance(now())),
  });
  let ended = false;
  function drive(): void {
    const wait = room.advance(now());
    if (!ended) setTimeout(drive, wait);
  }
  room.onStatus(({ phase }) => {
    ended = phase === "closed" || phase === "refused";
  });
  setTimeout(drive, 0);
  return new Promise((resolve, reject) => {
    const done = room.onStatus((status) => {
      done();
      if (status.phase === "playing") resolve(room);
      else if (status.phase === "refused" || status.phase === "closed")
        reject(new JoinError(status.code, status.message));
      else reject(new JoinError("unreachable", "No connection."));
    });
  });
}
