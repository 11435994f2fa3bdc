/**
 * One connection to an instance, from the dialling to its end: what was said over it, and what is to be sent. A room
 * shows one of them, and while it seeks the way to the next, that one grows up beside it.
 */
import { spacingMillis } from "./bundle.ts";
import { type Clock, newClock, oldestTick, serverTick, withSample, withTimeline } from "./clock.ts";
import type { Ending } from "./ending.ts";
import { inFields } from "./frames/account.ts";
import { bindKinds } from "./frames/kinds.ts";
import { newPicture } from "./frames/picture.ts";
import type { Announced } from "./frames/seen.ts";
import { type FrameStream, newFrameStream } from "./frames/stream.ts";
import { type Knowledge, me } from "./knowledge.ts";
import type { Library } from "./library.ts";
import type { Dial, LinkEvent } from "./link.ts";
import { decodeMessage } from "./messages.ts";
import type { News } from "./news.ts";
import { type Pacer, pace } from "./pacer.ts";
import type { Pilot } from "./pilot.ts";
import { newPredictor, type Predictor } from "./predictor.ts";
import type { Closed, InputMessage, ServerMessage, Settings, Welcome } from "./protocol.ts";
import type { Target } from "./target.ts";
import { newTimeline, pruned, settingsAt, withChange } from "./timeline.ts";
import { EMPTY_VIEW, fromState, withDirectory, withUpdate } from "./view.ts";

export interface Connection {
  readonly target: Target;
  readonly isAlive: boolean;
  readonly knowledge: Knowledge | null;
  /** Null while nothing is predicted. */
  readonly pilot: Pilot | null;
  /** How to take this up again when it is lost; null if the server has given no session. */
  readonly resume: Target | null;
  /** Sends what is due once it can be played, and notices when the server has fallen silent. */
  advance(pacer: Pacer, nowMillis: number): Pacer;
  /** Gives the seat back. */
  leave(): void;
}

export interface ConnectionOptions {
  readonly target: Target;
  readonly hash: string | null;
  readonly dial: Dial;
  readonly library: Library;
  readonly tell: (news: News, nowMillis: number) => void;
}

/** Questions at the start of a connection, to know the clock soon, and those after them. */
const FIRST_QUESTIONS = 4;
const FIRST_QUESTION_MILLIS = 150;
const QUESTION_MILLIS = 2_000;
/** The server speaks at least once a second; longer silence than this is a dead connection. */
const SILENCE_MILLIS = 6_000;
/** The longest that seat, socket, welcome and state may take together. */
const ENTRY_MILLIS = 15_000;
/** Without a frame for so long nothing changes in the world, and the clock alone tells how far the server is. */
const STILL_MILLIS = 300;
/** One that was not advanced for so long belongs to a page that slept. */
const ASLEEP_MILLIS = 1_000;

/** Dials at once. */
export function openConnection({ target, hash, dial, library, tell }: ConnectionOptions): Connection {
  let known: Knowledge | null = null;
  let predictor: Predictor | null = null;
  /** Null while the rules are under way, and where there are none: then the world is told of in events. */
  let frames: FrameStream | null = null;
  const picture = newPicture();
  let isAlive = true;
  let isEntered = false;
  /** Settings that were announced: frames need them if the rules come later. */
  const announced: Announced[] = [];
  let lastWord: Closed | null = null;
  /** Newest tick that the server is known to have run; an estimate that was ahead is not taken back. */
  let ranTick = 0;
  let questions = 0;
  let nextQuestionAtMillis = Number.NEGATIVE_INFINITY;
  let heardAtMillis = 0;
  let framedAtMillis = 0;
  let advancedAtMillis = Number.NEGATIVE_INFINITY;
  const link = dial(target, hash, deliver);

  function deliver(event: LinkEvent, nowMillis: number): void {
    if (!isAlive) return;
    switch (event.type) {
      case "message": {
        heardAtMillis = nowMillis;
        const message = decodeMessage(event.event, event.body);
        if (message.ok) receive(message.value, nowMillis);
        else misread(event.event, nowMillis);
        return;
      }
      case "frame":
        heardAtMillis = nowMillis;
        if (known !== null && frames?.hear(event.bytes, nowMillis) === true) frame(frames, known, nowMillis);
        else tell({ type: "unreadable" }, nowMillis);
        return;
      case "clock":
        heardAtMillis = nowMillis;
        if (known === null) return;
        known = { ...known, clock: withSample(known.clock, { ...event, receivedAtMillis: nowMillis }) };
        return;
      case "refused":
        end(event, nowMillis);
        return;
      case "lost":
        end(lastWord ?? event, nowMillis);
        return;
      default:
        event satisfies never;
    }
  }

  function end(ending: Ending, nowMillis: number): void {
    isAlive = false;
    tell({ type: "ended", ending }, nowMillis);
  }

  /** A message that makes no sense. If it told of the world, what is known is wrong from now on: only a new state mends it. */
  function misread(event: string, nowMillis: number): void {
    tell({ type: "unreadable" }, nowMillis);
    if (event !== "state" && event !== "update") return;
    link.drop();
    end({ type: "lost", message: "The server said something that this client cannot read." }, nowMillis);
  }

  function receive(message: ServerMessage, nowMillis: number): void {
    if (message.type === "welcome") {
      const { settings } = message;
      const clock = newClock(newTimeline(settings));
      known = { welcome: message, view: EMPTY_VIEW, clock, settings, ack: null, draining: null };
      predictor = newPredictor(library, message.rules);
      ranTick = message.tick;
      tell({ type: "welcomed", welcome: message }, nowMillis);
      begin(message, nowMillis);
      return;
    }
    if (message.type === "closed") lastWord = message;
    if (known !== null) hear(message, known, nowMillis);
  }

  /** Asks to be told of the world: in frames, if this client can step its rules. */
  function begin({ rules, grid, schema, settings }: Welcome, nowMillis: number): void {
    if (rules === null || grid === null) {
      link.plain();
      return;
    }
    library.lend(rules, (module) => {
      if (!isAlive || frames !== null) return;
      const kinds =
        module === null
          ? null
          : bindKinds(
              module,
              schema.kinds.map(({ name }) => name),
            );
      if (kinds?.ok !== true) {
        link.plain();
        return;
      }
      frames = newFrameStream(kinds.value, grid, settings, link, nowMillis);
      for (const { settings: next, fromTick } of announced) frames.announce(next, fromTick);
    });
  }

  function hear(message: Exclude<ServerMessage, Welcome>, before: Knowledge, nowMillis: number): void {
    switch (message.type) {
      case "state":
        framed({ ...before, view: fromState(message) }, [], nowMillis);
        return;
      case "update":
        if (isEntered)
          framed({ ...before, view: withUpdate(before.view, message) }, message.touched, nowMillis);
        return;
      case "directory":
        known = { ...before, view: withDirectory(before.view, message) };
        if (isEntered) tell({ type: "framed" }, nowMillis);
        return;
      case "ack":
        known = { ...before, ack: message };
        predictor?.pilot?.acked(message);
        return;
      case "settings": {
        const needed = Math.min(before.view.tick, oldestTick(before.clock));
        const timeline = withChange(pruned(before.clock.timeline, needed), message);
        known = { ...before, clock: withTimeline(before.clock, timeline) };
        predictor?.pilot?.resettle(timeline, message.atTick);
        announced.push({ settings: message.settings, fromTick: message.atTick });
        frames?.announce(message.settings, message.atTick);
        return;
      }
      case "event":
        tell({ type: "happened", event: message }, nowMillis);
        return;
      case "draining": {
        const inMillis = Math.max(0, message.inMillis);
        const draining = { deadlineMillis: nowMillis + inMillis, message: message.message };
        known = { ...before, draining };
        tell({ type: "draining", inMillis }, nowMillis);
        return;
      }
      case "moved":
        tell({ type: "moved", seat: message }, nowMillis);
        return;
      case "closed":
        return;
      default:
        message satisfies never;
    }
  }

  /** What the newest frame shows. */
  function frame({ view }: FrameStream, before: Knowledge, nowMillis: number): void {
    const { tick, tardyTicks, divergence } = view;
    const now = { ...before, view: { ...before.view, tick, actors: picture(view) } };
    const mine = me(now);
    const seen = mine === undefined ? null : view.actor(mine.id);
    const pilot = predictor?.pilot ?? null;
    const ack = seen === null || pilot === null ? before.ack : pilot.heard(tick, seen.input, tardyTicks);
    if (divergence !== null) pilot?.diverged(inFields(view.kinds, divergence));
    const touched = seen !== null && seen.touchedAt > before.view.tick ? [seen.id] : [];
    framed({ ...now, ack }, touched, nowMillis);
  }

  function framed(now: Knowledge, touched: readonly number[], nowMillis: number): void {
    known = now;
    framedAtMillis = nowMillis;
    settle(now, now.view.tick, nowMillis);
    const confirmation = predictor?.confirm(me(now), now.view.tick, now.clock.timeline, touched) ?? null;
    if (confirmation !== null) tell({ type: "confirmed", confirmation }, nowMillis);
    const enters = !isEntered;
    isEntered = true;
    tell({ type: enters ? "entered" : "framed" }, nowMillis);
  }

  /** Settings take effect when the server has run the first tick that they hold for. */
  function settle(now: Knowledge, tick: number, nowMillis: number): void {
    ranTick = Math.max(ranTick, tick);
    const settings = settingsAt(now.clock.timeline, ranTick);
    if (settings === now.settings) return;
    known = { ...now, settings };
    tell({ type: "settings", settings }, nowMillis);
  }

  function askClock(nowMillis: number): void {
    if (nowMillis < nextQuestionAtMillis) return;
    questions += 1;
    nextQuestionAtMillis =
      nowMillis + (questions < FIRST_QUESTIONS ? FIRST_QUESTION_MILLIS : QUESTION_MILLIS);
    link.askClock();
  }

  function sendInput(pacer: Pacer, { clock, settings, view }: Knowledge, nowMillis: number): Pacer {
    const pilot = predictor?.pilot ?? null;
    if (pilot !== null) {
      const advanced = pilot.advance(pacer, clock, nowMillis);
      say(
        advanced.messages.map((message) => sighted(message, view.tick, settings, nowMillis)),
        clock,
        nowMillis,
      );
      return advanced.pacer;
    }
    if (predictor?.isLoading === true) return pacer;
    const paced = pace(pacer, nowMillis, spacingMillis(settings));
    if (paced.message !== null)
      say([sighted(paced.message, view.tick, settings, nowMillis)], clock, nowMillis);
    return paced.pacer;
  }

  function say(messages: readonly InputMessage[], clock: Clock, nowMillis: number): void {
    if (frames === null) for (const message of messages) link.input(message);
    else frames.say(messages, Math.floor(serverTick(clock, nowMillis) ?? frames.view.tick) + 1, nowMillis);
  }

  /** Whoever shoots says what they see: others glide to the newest tick's places and are half-way there after half a glide. */
  function sighted(
    message: InputMessage,
    newest: number,
    settings: Settings,
    nowMillis: number,
  ): InputMessage {
    const glideMillis = Math.max(settings.tickRate, settings.smoothing * 1000);
    const shown = nowMillis - framedAtMillis < glideMillis / 2 ? newest - 1 : newest;
    return message.lance === undefined ? message : { ...message, view: Math.max(1, shown) };
  }

  return {
    target,
    get isAlive() {
      return isAlive;
    },
    get knowledge() {
      return known;
    },
    get pilot() {
      return isAlive ? (predictor?.pilot ?? null) : null;
    },
    get resume(): Target | null {
      const session = known?.welcome.session ?? null;
      const { address } = link;
      return session === null || address === null ? null : { type: "resume", address, session };
    },
    advance(pacer, nowMillis) {
      if (!isAlive) return pacer;
      // After a sleep of the whole page its silence says nothing about the server.
      if (nowMillis - advancedAtMillis > ASLEEP_MILLIS) heardAtMillis = nowMillis;
      advancedAtMillis = nowMillis;
      if (nowMillis - heardAtMillis > (isEntered ? SILENCE_MILLIS : ENTRY_MILLIS)) {
        link.drop();
        end(lastWord ?? { type: "lost", message: "The server has fallen silent." }, nowMillis);
        return pacer;
      }
      if (!isEntered || known === null || lastWord !== null) return pacer;
      if (nowMillis - framedAtMillis > STILL_MILLIS) {
        const tick = serverTick(known.clock, nowMillis);
        if (tick !== null) settle(known, Math.floor(tick), nowMillis);
      }
      const sent = sendInput(pacer, known, nowMillis);
      frames?.beat(nowMillis);
      askClock(nowMillis);
      return sent;
    },
    leave() {
      if (isAlive) link.leave();
      isAlive = false;
    },
  };
}
