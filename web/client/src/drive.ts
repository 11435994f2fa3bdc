import { backoffMillis } from "./backoff.ts";
import { type Clock, newClock, rttMillis, serverTick, trips, withSample, withTickMillis } from "./clock.ts";
import type { Dial, Link, LinkEvent } from "./link.ts";
import { decodeMessage } from "./messages.ts";
import { NEW_PACER, pace, pressBoost, resumed, steer } from "./pacer.ts";
import { newPilot, type Pilot } from "./pilot.ts";
import type { Confirmation } from "./prediction.ts";
import type { Ack, GameEvent, ServerMessage, SettingsChange, Welcome } from "./protocol.ts";
import type { DrivenRoom } from "./room.ts";
import { bindRules } from "./rules.ts";
import { isCurable, type Status } from "./status.ts";
import { newTopic } from "./topic.ts";
import { type Actor, EMPTY_VIEW, fromState, withUpdate } from "./view.ts";

export interface RoomOptions {
  readonly dial: Dial;
  /** Loads an ES module from a path of the server. */
  readonly loadRules: (path: string) => Promise<Readonly<Record<string, unknown>>>;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
  /** Asks the driver to call `advance` soon, as there is something to send. */
  readonly wake: () => void;
}

/** Questions at the start of a connection, to know the clock soon, and those after them. */
const FIRST_QUESTIONS = 4;
const FIRST_QUESTION_MILLIS = 150;
const QUESTION_MILLIS = 2_000;
/** The server speaks at least once a second; longer silence than this is a dead connection. */
const SILENCE_MILLIS = 6_000;
/** The longest that seat, socket, welcome and state may take together. */
const ENTRY_MILLIS = 15_000;
/** A connection that held this long was a good one: the attempts are counted anew. */
const STEADY_MILLIS = 5_000;
const FRAME_MILLIS = 1000 / 60;
/** A room looks this often at least whether something is due. */
const ADVANCE_MILLIS = 25;
/** One that was not asked to for so long belongs to a page that slept. */
const ASLEEP_MILLIS = 1_000;

/** Starts joining at once. */
export function createRoom({ dial, loadRules, random, wake }: RoomOptions): DrivenRoom {
  const statusTopic = newTopic<Status>();
  const frameTopic = newTopic<void>();
  const eventTopic = newTopic<GameEvent>();
  const confirmationTopic = newTopic<Confirmation>();

  let status: Status = { phase: "joining" };
  let welcome: Welcome | null = null;
  let view = EMPTY_VIEW;
  let clock: Clock = newClock(1);
  let pacer = NEW_PACER;
  /** The module of the own rules: still under way, or there is none. */
  let rules: Readonly<Record<string, unknown>> | "loading" | null = null;
  let pilot: Pilot | null = null;
  let pilotedActor = 0;
  let pilotedKind = "";
  let ack: Ack | null = null;
  let announced: SettingsChange | null = null;
  let unreadable = 0;
  let questions = 0;
  let nextQuestionAtMillis = 0;
  let heardAtMillis = 0;
  let advancedAtMillis = Number.NEGATIVE_INFINITY;
  let playingSinceMillis = Number.POSITIVE_INFINITY;
  let attempt = 0;
  let dialAtMillis = Number.POSITIVE_INFINITY;
  let link: Link | null = dial(deliver);

  function deliver(event: LinkEvent, nowMillis: number): void {
    switch (event.type) {
      case "message": {
        heardAtMillis = nowMillis;
        const message = decodeMessage(event.event, event.body);
        if (message.ok) receive(message.value, nowMillis);
        else if (!misread(event.event, nowMillis)) return;
        advance(nowMillis);
        return;
      }
      case "clock":
        heardAtMillis = nowMillis;
        clock = withSample(clock, { ...event, receivedAtMillis: nowMillis });
        return;
      case "refused":
        link = null;
        pilot = null;
        if (status.phase === "joining" || !isCurable(event.code)) {
          become({ phase: "refused", code: event.code, message: event.message });
        } else retryLater(nowMillis, event.message);
        return;
      case "lost":
        link = null;
        pilot = null;
        if (status.phase === "joining") become({ phase: "closed", message: event.message });
        else retryLater(nowMillis, event.message);
        return;
      default:
        event satisfies never;
    }
  }

  /** A message that makes no sense. If it told of the world, what is known is wrong from now on: only a new join mends it. */
  function misread(event: string, nowMillis: number): boolean {
    unreadable += 1;
    if (event !== "state" && event !== "update") return true;
    link?.close();
    deliver({ type: "lost", message: "The server said something that this client cannot read." }, nowMillis);
    return false;
  }

  function receive(message: ServerMessage, nowMillis: number): void {
    switch (message.type) {
      case "welcome":
        welcome = message;
        clock = newClock(message.settings.tickRate);
        pacer = resumed(pacer);
        ack = null;
        load(message);
        announced = null;
        questions = 0;
        nextQuestionAtMillis = nowMillis;
        return;
      case "state":
        if (welcome === null) return;
        view = fromState(message);
        framed(nowMillis);
        return;
      case "update":
        if (status.phase !== "playing") return;
        view = withUpdate(view, message);
        framed(nowMillis);
        return;
      case "ack":
        ack = message;
        pilot?.acked(message);
        return;
      case "settings":
        announced = message;
        return;
      case "event":
        eventTopic.publish(message);
        return;
      default:
        message satisfies never;
    }
  }

  /** A new view stands: settings announced for its tick take effect, and all who draw hear of it. */
  function framed(nowMillis: number): void {
    if (announced !== null && welcome !== null && view.tick >= announced.atTick) {
      welcome = { ...welcome, settings: announced.settings };
      clock = withTickMillis(clock, announced.settings.tickRate);
      nextQuestionAtMillis = nowMillis;
      announced = null;
      pilot = null;
    }
    confirm();
    if (status.phase !== "playing") {
      playingSinceMillis = nowMillis;
      become({ phase: "playing" });
    }
    frameTopic.publish();
  }

  /** Inputs wait for the rules: what the server got before could not be predicted. */
  function load(greeting: Welcome): void {
    pilot = null;
    rules = greeting.rules === null ? null : "loading";
    if (greeting.rules === null) return;
    loadRules(greeting.rules).then(
      (module) => {
        if (welcome === greeting) rules = module;
      },
      () => {
        // Without them the actor is shown where the server has it, as others are.
        if (welcome === greeting) rules = null;
      },
    );
  }

  /** The server's word on the own actor: checks the prediction, or begins it. */
  function confirm(): void {
    const mine = me();
    if (mine === undefined || rules === "loading" || rules === null || welcome === null) {
      pilot = null;
    } else if (pilot !== null && pilotedActor === mine.id) {
      const confirmation = pilot.confirm(view.tick, mine.fields);
      if (confirmation !== null) confirmationTopic.publish(confirmation);
    } else if (pilot !== null && pilotedKind === mine.kind) {
      pilot.adopt(view.tick, mine.fields);
      pilotedActor = mine.id;
    } else {
      const bound = bindRules(rules, mine.kind);
      rules = bound.ok ? rules : null;
      if (!bound.ok) return;
      bound.value.configure(welcome.settings);
      pilot = newPilot(bound.value, view.tick, mine.fields, welcome.settings.tickRate);
      pilotedActor = mine.id;
      pilotedKind = mine.kind;
    }
  }

  function me(): Actor | undefined {
    if (welcome === null) return undefined;
    const id = view.players.get(welcome.player)?.actor ?? welcome.actor;
    return id === null ? undefined : view.actors.get(id);
  }

  function retryLater(nowMillis: number, reason: string): void {
    if (nowMillis - playingSinceMillis >= STEADY_MILLIS) attempt = 0;
    playingSinceMillis = Number.POSITIVE_INFINITY;
    attempt += 1;
    const limit = welcome?.settings.reconnectAttempts ?? 0;
    if (attempt > limit) {
      become({ phase: "closed", message: `The way back was not found. ${reason}` });
      return;
    }
    dialAtMillis = nowMillis + backoffMillis(attempt, random());
    become({ phase: "reconnecting", attempt, limit });
  }

  function become(next: Status): void {
    status = next;
    statusTopic.publish(next);
  }

  function advance(nowMillis: number): number {
    act(nowMillis);
    return Math.min(ADVANCE_MILLIS, pilot?.dueInMillis(nowMillis) ?? ADVANCE_MILLIS);
  }

  function act(nowMillis: number): void {
    // After a sleep of the whole page its silence says nothing about the server.
    if (nowMillis - advancedAtMillis > ASLEEP_MILLIS) heardAtMillis = nowMillis;
    advancedAtMillis = nowMillis;
    if (status.phase === "reconnecting" && link === null && nowMillis >= dialAtMillis) {
      heardAtMillis = nowMillis;
      link = dial(deliver);
    }
    if (link === null) return;
    const playing = status.phase === "playing";
    if (nowMillis - heardAtMillis > (playing ? SILENCE_MILLIS : ENTRY_MILLIS)) {
      link.close();
      deliver({ type: "lost", message: "The server has fallen silent." }, nowMillis);
      return;
    }
    if (!playing) return;
    sendInput(link, nowMillis);
    askClock(link, nowMillis);
  }

  function sendInput(to: Link, nowMillis: number): void {
    if (pilot !== null) {
      const advanced = pilot.advance(pacer, clock, nowMillis);
      pacer = advanced.pacer;
      for (const message of advanced.messages) to.input(message);
      return;
    }
    if (rules !== null) return;
    const paced = pace(pacer, nowMillis, known().settings.broadcastFrames * FRAME_MILLIS);
    pacer = paced.pacer;
    if (paced.message !== null) to.input(paced.message);
  }

  function askClock(to: Link, nowMillis: number): void {
    if (nowMillis < nextQuestionAtMillis) return;
    questions += 1;
    nextQuestionAtMillis =
      nowMillis + (questions < FIRST_QUESTIONS ? FIRST_QUESTION_MILLIS : QUESTION_MILLIS);
    to.askClock();
  }

  function known(): Welcome {
    if (welcome === null) throw new Error(`the room is not entered yet: phase=${status.phase}`);
    return welcome;
  }

  return {
    get status() {
      return status;
    },
    get instance() {
      return known().instance;
    },
    get player() {
      return known().player;
    },
    get settings() {
      return known().settings;
    },
    get schema() {
      return known().schema;
    },
    get map() {
      return known().map;
    },
    get tick() {
      return view.tick;
    },
    get actors() {
      return view.actors;
    },
    get players() {
      return view.players;
    },
    get me() {
      return me();
    },
    get ack() {
      return ack;
    },
    get pingMillis() {
      return rttMillis(clock);
    },
    get jitterMillis() {
      return trips(clock).jitterMillis;
    },
    get unreadable() {
      return unreadable;
    },
    get prediction() {
      return pilot?.watch ?? null;
    },
    glimpse: (nowMillis) => pilot?.glimpse(pacer, nowMillis) ?? null,
    serverTick: (nowMillis) => serverTick(clock, nowMillis),
    steer(x, y) {
      pacer = steer(pacer, x, y);
      wake();
    },
    boost() {
      if (status.phase !== "playing") return;
      pacer = pressBoost(pacer);
      wake();
    },
    onStatus: statusTopic.subscribe,
    onFrame: frameTopic.subscribe,
    onConfirmation: confirmationTopic.subscribe,
    onEvent: eventTopic.subscribe,
    leave() {
      link?.close();
      link = null;
      become({ phase: "closed", message: "You have left." });
    },
    advance,
  };
}
