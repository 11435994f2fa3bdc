/**
 * The way from one connection to the next: at most one that is shown, and at most one under way that takes its place
 * once it can be played. Losing one, being moved and leaving an instance that closes are the same way, begun for
 * different reasons.
 *
 *     shown     ●──────────────── lost ┄┄┄┄┄┄┄┄┄┐          ●──── draining ────────────● left
 *     pending                     wait ── dial ──● entered         dial ── welcome ──● entered
 */
import { type Attempts, mayTry, NO_ATTEMPTS, nextAttempt } from "./backoff.ts";
import { type Connection, openConnection } from "./connection.ts";
import { stayMillis } from "./draining.ts";
import { type Ending, type Sequel, sequel } from "./ending.ts";
import type { Library } from "./library.ts";
import type { Dial } from "./link.ts";
import type { News } from "./news.ts";
import type { Pacer } from "./pacer.ts";
import type { Seat } from "./protocol.ts";
import { addressOf } from "./seat.ts";
import type { FinalStatus, Status } from "./status.ts";
import { JOIN, type Target } from "./target.ts";

/** News of what is shown, which do not concern the way itself. */
export type Tidings = Extract<
  News,
  { readonly type: "framed" | "confirmed" | "settings" | "happened" | "unreadable" }
>;

export interface VoyageOptions {
  readonly dial: Dial;
  /** Base address of the server. */
  readonly url: string;
  readonly library: Library;
  readonly random: () => number;
  readonly become: (status: Status) => void;
  readonly tell: (news: Tidings, nowMillis: number) => void;
  /** Another connection is shown from now on. */
  readonly arrived: (now: Connection, before: Connection | null) => void;
}

export interface Voyage {
  readonly shown: Connection | null;
  /** Dials when it is time to, and lets the connections send what is due. */
  advance(pacer: Pacer, nowMillis: number): Pacer;
  leave(): void;
}

/** A connection that held this long was a good one: the attempts are counted anew. */
const STEADY_MILLIS = 5_000;
/** A move that takes longer than this is told to the player. */
const MOVE_MILLIS = 1_500;
const NEVER = Number.POSITIVE_INFINITY;

/** Sets out at once. */
export function newVoyage({ dial, url, library, random, become, tell, arrived }: VoyageOptions): Voyage {
  let phase: Status["phase"] = "joining";
  let hash: string | null = null;
  let attempts: Attempts = NO_ATTEMPTS;
  let nextTarget: Target = JOIN;
  let dialAtMillis = NEVER;
  /** When to look for another instance, as this one closes. */
  let departAtMillis = NEVER;
  let playingSinceMillis = NEVER;
  /** Since when nothing is connected while the next one is under way. */
  let adriftAtMillis = NEVER;
  /** A seat that the server has moved the player to, until it is taken. */
  let granted: Target | null = null;
  let shown: Connection | null = null;
  let pending: Connection | null = open(JOIN);

  function open(target: Target): Connection {
    dialAtMillis = NEVER;
    const opened: Connection = openConnection({
      target,
      hash,
      dial,
      library,
      tell: (news, nowMillis) => hear(opened, news, nowMillis),
    });
    return opened;
  }

  function hear(from: Connection, news: News, nowMillis: number): void {
    switch (news.type) {
      case "welcomed":
        hash = news.welcome.hash ?? hash;
        return;
      case "entered":
        arrive(from, nowMillis);
        return;
      case "draining":
        if (from === shown) departAtMillis = nowMillis + stayMillis(news.inMillis, random());
        return;
      case "moved":
        move(from, news.seat);
        return;
      case "ended":
        if (from === pending) failed(from, news.ending, nowMillis);
        else if (from === shown) lost(from, news.ending, nowMillis);
        return;
      default:
        if (from === shown || news.type === "unreadable") tell(news, nowMillis);
    }
  }

  function arrive(at: Connection, nowMillis: number): void {
    const before = shown;
    before?.leave();
    shown = at;
    pending = null;
    granted = null;
    dialAtMillis = NEVER;
    adriftAtMillis = NEVER;
    playingSinceMillis = nowMillis;
    const deadlineMillis = at.knowledge?.draining?.deadlineMillis;
    departAtMillis =
      deadlineMillis === undefined ? NEVER : nowMillis + stayMillis(deadlineMillis - nowMillis, random());
    arrived(at, before);
    if (phase !== "playing") turn({ phase: "playing" });
    tell({ type: "framed" }, nowMillis);
  }

  function move(from: Connection, seat: Seat): void {
    if (from !== shown && from !== pending) return;
    pending?.leave();
    granted = { type: "seat", address: addressOf(seat, url), ticket: seat.ticket };
    attempts = NO_ATTEMPTS;
    departAtMillis = NEVER;
    pending = open(granted);
  }

  /** The one under way will not come. */
  function failed(from: Connection, ending: Ending, nowMillis: number): void {
    pending = null;
    if (phase === "joining" && ending.type === "refused") {
      finish({ phase: "refused", code: ending.code, message: ending.message });
      return;
    }
    const next = sequel(ending, from.target, from.resume);
    if (shown?.isAlive !== true) {
      follow(next, nowMillis);
      return;
    }
    // There is no hurry while one can play here; not even a refusal for good counts before this one ends.
    const { target, hurry } = next.type === "dial" ? next : { target: JOIN, hurry: false };
    granted = target.type === "join" ? null : target;
    tryLater(target, hurry, nowMillis);
  }

  function lost(from: Connection, ending: Ending, nowMillis: number): void {
    const isKicked = ending.type === "closed" && ending.code === "kicked";
    if (pending !== null && !isKicked) {
      // A taking-over too: the connection that is under way may have been the reason.
      adriftAtMillis = nowMillis;
      return;
    }
    if (nowMillis - playingSinceMillis >= STEADY_MILLIS) attempts = NO_ATTEMPTS;
    const next = sequel(ending, from.target, from.resume);
    follow(
      granted === null || isKicked ? next : { ...ending, type: "dial", target: granted, hurry: false },
      nowMillis,
    );
  }

  function follow(next: Sequel, nowMillis: number): void {
    if (next.type === "over") {
      finish(next.status);
      return;
    }
    const limit = shown?.knowledge?.settings.reconnectAttempts ?? 0;
    if (!mayTry(attempts, next.hurry, limit)) {
      finish({ phase: "closed", code: "unreachable", message: next.message });
      return;
    }
    playingSinceMillis = NEVER;
    departAtMillis = NEVER;
    tryLater(next.target, next.hurry, nowMillis);
    turn({ phase: "reconnecting", attempt: attempts.count, limit });
    if (nowMillis >= dialAtMillis) pending = open(nextTarget);
  }

  function tryLater(target: Target, hurry: boolean, nowMillis: number): void {
    const next = nextAttempt(attempts, hurry, random());
    attempts = next.attempts;
    nextTarget = target;
    dialAtMillis = nowMillis + next.waitMillis;
  }

  function turn(status: Status): void {
    phase = status.phase;
    become(status);
  }

  function finish(status: FinalStatus): void {
    dialAtMillis = NEVER;
    departAtMillis = NEVER;
    shown?.leave();
    pending?.leave();
    pending = null;
    turn(status);
  }

  /** A move that hangs is a connection that is lost. */
  function notice(nowMillis: number): void {
    if (phase !== "playing" || pending === null || nowMillis - adriftAtMillis < MOVE_MILLIS) return;
    if (attempts.count === 0) attempts = { ...attempts, count: 1 };
    const limit = shown?.knowledge?.settings.reconnectAttempts ?? 0;
    turn({ phase: "reconnecting", attempt: attempts.count, limit });
  }

  return {
    get shown() {
      return shown;
    },
    advance(pacer, nowMillis) {
      if (pending === null && nowMillis >= dialAtMillis) pending = open(nextTarget);
      if (pending === null && nowMillis >= departAtMillis) {
        departAtMillis = NEVER;
        attempts = NO_ATTEMPTS;
        pending = open(JOIN);
      }
      notice(nowMillis);
      pending?.advance(pacer, nowMillis);
      return shown?.advance(pacer, nowMillis) ?? pacer;
    },
    leave() {
      finish({ phase: "closed", code: "left", message: "You have left." });
    },
  };
}
