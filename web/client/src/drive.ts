import { rttMillis, serverTick, trips } from "./clock.ts";
import type { Connection } from "./connection.ts";
import { isSameSeat, type Knowledge, me } from "./knowledge.ts";
import { newLibrary, type RulesModule } from "./library.ts";
import type { Dial } from "./link.ts";
import { NEW_PACER, press, reborn, resumed, steer } from "./pacer.ts";
import type { Confirmation } from "./prediction.ts";
import type { GameEvent, Settings } from "./protocol.ts";
import type { DrivenRoom } from "./room.ts";
import type { Status } from "./status.ts";
import { newTopic } from "./topic.ts";
import { EMPTY_VIEW } from "./view.ts";
import { newVoyage, type Tidings } from "./voyage.ts";

export interface RoomOptions {
  readonly dial: Dial;
  /** Base address of the server, for seats that name none. */
  readonly url: string;
  /** Loads an ES module from a path of the server; null to predict nothing. */
  readonly loadRules: ((path: string) => Promise<RulesModule>) | null;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
  /** Asks the driver to call `advance` soon, as there is something to send. */
  readonly wake: () => void;
}

/** A room looks this often at least whether something is due. */
const ADVANCE_MILLIS = 25;

/** Starts joining at once. */
export function createRoom({ dial, url, loadRules, random, wake }: RoomOptions): DrivenRoom {
  const statusTopic = newTopic<Status>();
  const frameTopic = newTopic<void>();
  const eventTopic = newTopic<GameEvent>();
  const settingsTopic = newTopic<Settings>();
  const confirmationTopic = newTopic<Confirmation>();

  let status: Status = { phase: "joining" };
  let pacer = NEW_PACER;
  let unreadable = 0;
  const voyage = newVoyage({ dial, url, library: newLibrary(loadRules), random, become, tell, arrived });

  function become(next: Status): void {
    status = next;
    statusTopic.publish(next);
  }

  function tell(news: Tidings, nowMillis: number): void {
    switch (news.type) {
      case "framed":
        frameTopic.publish();
        advance(nowMillis);
        return;
      case "confirmed":
        confirmationTopic.publish(news.confirmation);
        return;
      case "settings":
        settingsTopic.publish(news.settings);
        return;
      case "happened":
        eventTopic.publish(news.event);
        return;
      case "unreadable":
        unreadable += 1;
        return;
      default:
        news satisfies never;
    }
  }

  /** What is held is held on. */
  function arrived({ knowledge: now }: Connection, connection: Connection | null): void {
    const before = connection?.knowledge ?? null;
    const isSame = before !== null && now !== null && isSameSeat(before, now);
    pacer = isSame ? resumed(pacer) : reborn(pacer);
    if (before !== null && now !== null && !isEqual(before.settings, now.settings)) {
      settingsTopic.publish(now.settings);
    }
  }

  function advance(nowMillis: number): number {
    pacer = voyage.advance(pacer, nowMillis);
    return Math.min(ADVANCE_MILLIS, voyage.shown?.pilot?.dueInMillis(nowMillis) ?? ADVANCE_MILLIS);
  }

  function known(): Knowledge {
    const knowledge = voyage.shown?.knowledge ?? null;
    if (knowledge === null) throw new Error(`the room is not entered yet: phase=${status.phase}`);
    return knowledge;
  }

  /** A part of what is known; the fallback before the room is entered. */
  function maybe<T>(read: (knowledge: Knowledge) => T, fallback: T): T {
    const knowledge = voyage.shown?.knowledge ?? null;
    return knowledge === null ? fallback : read(knowledge);
  }

  return {
    get status() {
      return status;
    },
    get instance() {
      return known().welcome.instance;
    },
    get player() {
      return known().welcome.player;
    },
    get settings() {
      return known().settings;
    },
    get draining() {
      return maybe(({ draining }) => draining, null);
    },
    get schema() {
      return known().welcome.schema;
    },
    get map() {
      return known().welcome.map;
    },
    get tick() {
      return maybe(({ view }) => view, EMPTY_VIEW).tick;
    },
    get actors() {
      return maybe(({ view }) => view, EMPTY_VIEW).actors;
    },
    get players() {
      return maybe(({ view }) => view, EMPTY_VIEW).players;
    },
    get me() {
      return maybe(me, undefined);
    },
    get ack() {
      return maybe(({ ack }) => ack, null);
    },
    get pingMillis() {
      return maybe(({ clock }) => rttMillis(clock), null);
    },
    get jitterMillis() {
      return maybe(({ clock }) => trips(clock).jitterMillis, 0);
    },
    get unreadable() {
      return unreadable;
    },
    get prediction() {
      return voyage.shown?.pilot?.watch ?? null;
    },
    glimpse: (nowMillis) => voyage.shown?.pilot?.glimpse(pacer, nowMillis) ?? null,
    serverTick: (nowMillis) => maybe(({ clock }) => serverTick(clock, nowMillis), null),
    steer(x, y) {
      pacer = steer(pacer, x, y);
      wake();
    },
    press(button) {
      if (status.phase !== "playing") return;
      pacer = press(pacer, button);
      wake();
    },
    onStatus: statusTopic.subscribe,
    onFrame: frameTopic.subscribe,
    onSettings: settingsTopic.subscribe,
    onConfirmation: confirmationTopic.subscribe,
    onEvent: eventTopic.subscribe,
    leave: voyage.leave,
    advance,
  };
}

function isEqual(a: Settings, b: Settings): boolean {
  return (Object.keys(a) as (keyof Settings)[]).every((name) => a[name] === b[name]);
}
