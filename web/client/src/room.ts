import { backoffMillis } from "./backoff.ts";
import { type Clock, newClock, rttMillis, serverTick, withSample, withTickMillis } from "./clock.ts";
import type { Dial, Link, LinkEvent } from "./link.ts";
import { NEW_PACER, pace, pressBoost, resumed, steer } from "./pacer.ts";
import {
  type Ack,
  decodeMessage,
  type GameEvent,
  type Player,
  type ServerMessage,
  type Settings,
  type SettingsChange,
  type Welcome,
  type WorldMap,
} from "./protocol.ts";
import { isCurable, type Status } from "./status.ts";
import { newTopic, type Unsubscribe } from "./topic.ts";
import { type Actor, EMPTY_VIEW, fromState, withUpdate } from "./view.ts";

/** A seat in an instance: what is known of its world, and the way to act in it. Survives reconnects. */
export interface Room {
  readonly status: Status;
  /** The instance played in; another one may take its place when the server restarts. */
  readonly instance: string;
  /** Own player id. */
  readonly player: string;
  readonly settings: Settings;
  readonly schema: Welcome["schema"];
  readonly map: WorldMap;
  /** Tick of the newest word of the server. */
  readonly tick: number;
  readonly actors: ReadonlyMap<number, Actor>;
  readonly players: ReadonlyMap<string, Player>;
  /** Own actor; undefined while there is none. */
  readonly me: Actor | undefined;
  /** Newest answer of the server to own inputs. */
  readonly ack: Ack | null;
  /** Median round trip of the last questions; null before the first answer. */
  readonly pingMillis: number | null;
  /** Messages that could not be read; anything but 0 is a fault of client or server. */
  readonly unreadable: number;
  /** The server's tick with fraction at `nowMillis`; null before it is known. */
  serverTick(nowMillis: number): number | null;
  /** The direction wanted from now on, each part in [-1, 1]; up is negative y. */
  steer(x: number, y: number): void;
  /** One press of the boost button. */
  boost(): void;
  onStatus(listener: (status: Status) => void): Unsubscribe;
  /** Called after each change of what is known of the world. */
  onFrame(listener: () => void): Unsubscribe;
  onEvent(listener: (event: GameEvent) => void): Unsubscribe;
  /** Gives the seat back. */
  leave(): void;
}

/** A room as its driver sees it. */
export interface DrivenRoom extends Room {
  /** Sends what is due and dials when it is time to; to be called some 20 times a second and when woken. */
  advance(nowMillis: number): void;
}

export interface RoomOptions {
  readonly dial: Dial;
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

/** Starts joining at once. */
export function createRoom({ dial, random, wake }: RoomOptions): DrivenRoom {
  const statusTopic = newTopic<Status>();
  const frameTopic = newTopic<void>();
  const eventTopic = newTopic<GameEvent>();

  let status: Status = { phase: "joining" };
  let welcome: Welcome | null = null;
  let view = EMPTY_VIEW;
  let clock: Clock = newClock(1);
  let pacer = NEW_PACER;
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
        else unreadable += 1;
        advance(nowMillis);
        return;
      }
      case "clock":
        heardAtMillis = nowMillis;
        clock = withSample(clock, { ...event, receivedAtMillis: nowMillis });
        return;
      case "refused":
        link = null;
        if (status.phase === "joining" || !isCurable(event.code)) {
          become({ phase: "refused", code: event.code, message: event.message });
        } else retryLater(nowMillis, event.message);
        return;
      case "lost":
        link = null;
        if (status.phase === "joining") become({ phase: "closed", message: event.message });
        else retryLater(nowMillis, event.message);
        return;
      default:
        event satisfies never;
    }
  }

  function receive(message: ServerMessage, nowMillis: number): void {
    switch (message.type) {
      case "welcome":
        welcome = message;
        clock = newClock(message.settings.tickRate);
        pacer = resumed(pacer);
        ack = null;
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
    }
    if (status.phase !== "playing") {
      playingSinceMillis = nowMillis;
      become({ phase: "playing" });
    }
    frameTopic.publish();
  }

  function retryLater(nowMillis: number, reason: string): void {
    if (nowMillis - playingSinceMillis >= STEADY_MILLIS) attempt = 0;
    playingSinceMillis = Number.POSITIVE_INFINITY;
    attempt += 1;
    const limit = welcome?.settings.reconnectAttempts ?? 0;
    if (attempt > limit) {
      become({ phase: "closed", message: `The connection is lost and does not come back (${reason}).` });
      return;
    }
    dialAtMillis = nowMillis + backoffMillis(attempt, random());
    become({ phase: "reconnecting", attempt, limit });
  }

  function become(next: Status): void {
    status = next;
    statusTopic.publish(next);
  }

  function advance(nowMillis: number): void {
    // After a sleep of the whole page its silence says nothing about the server.
    if (nowMillis - advancedAtMillis > SILENCE_MILLIS) heardAtMillis = nowMillis;
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
      const { player, actor } = known();
      const id = view.players.get(player)?.actor ?? actor;
      return id === null ? undefined : view.actors.get(id);
    },
    get ack() {
      return ack;
    },
    get pingMillis() {
      return rttMillis(clock);
    },
    get unreadable() {
      return unreadable;
    },
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
    onEvent: eventTopic.subscribe,
    leave() {
      link?.close();
      link = null;
      become({ phase: "closed", message: "You have left." });
    },
    advance,
  };
}
