/** A room whose links the test plays by hand, under a clock of its own. */
import { createRoom, type RoomOptions } from "../src/drive.ts";
import type { LinkEvent } from "../src/link.ts";
import type { InputMessage } from "../src/protocol.ts";
import type { Target } from "../src/target.ts";
import { STATE, WELCOME } from "./worlds.ts";

export interface PlayedLink {
  readonly target: Target;
  readonly hash: string | null;
  readonly inputs: InputMessage[];
  questions: number;
  /** How this side ended it. */
  end: "left" | "dropped" | null;
  deliver(event: LinkEvent): void;
  /** The server says something. */
  hear(event: string, body: unknown): void;
  /** The server lets the player in. */
  enter(welcome?: object, state?: object): void;
  lose(): void;
  refuse(code: string): void;
}

const NO_RULES = (): Promise<never> => Promise.reject(new Error("this world has no rules for browsers"));

/** A link's address: those that join are seated in turn at /arena/1, /arena/2 … */
export function rig(options: Partial<RoomOptions> = {}) {
  const links: PlayedLink[] = [];
  let now = 0;
  const room = createRoom({
    dial: (target, hash, deliver) => {
      const address = target.type === "join" ? `http://orrery/arena/${links.length + 1}` : target.address;
      const link: PlayedLink = {
        target,
        hash,
        inputs: [],
        questions: 0,
        end: null,
        deliver: (event) => {
          if (link.end === null) deliver(event, now);
        },
        hear: (event, body) => link.deliver({ type: "message", event, body }),
        enter: (welcome = {}, state = {}) => {
          link.hear("welcome", { ...WELCOME, ...welcome });
          link.hear("state", { ...STATE, ...state });
        },
        lose: () => link.deliver({ type: "lost", message: "The connection broke." }),
        refuse: (code) => link.deliver({ type: "refused", code, message: `Refused: ${code}.` }),
      };
      links.push(link);
      return {
        address,
        input: (message) => link.inputs.push(message),
        word: () => {},
        plain: () => {},
        diverged: () => {},
        askClock: () => {
          link.questions += 1;
        },
        leave: () => {
          link.end = "left";
        },
        drop: () => {
          link.end = "dropped";
        },
      };
    },
    url: "http://orrery",
    loadRules: NO_RULES,
    random: () => 0.5,
    wake: () => room.advance(now),
    ...options,
  });
  const newest = (): PlayedLink => {
    const link = links.at(-1);
    if (link === undefined) throw new Error("no link was dialled");
    return link;
  };
  return {
    room,
    links,
    newest,
    hear: (event: string, body: unknown) => newest().hear(event, body),
    enter: (welcome?: object, state?: object) => newest().enter(welcome, state),
    now: () => now,
    /** Time passes without a single advance. */
    sleep(millis: number) {
      now += millis;
      room.advance(now);
    },
    /** Time passes in steps, each with an advance. */
    pass(millis: number) {
      for (const end = now + millis; now < end; ) {
        now = Math.min(end, now + 25);
        room.advance(now);
      }
    },
    /** The same while the server says at each step that nothing has changed. */
    play(millis: number) {
      for (const end = now + millis; now < end; ) {
        now = Math.min(end, now + 100);
        for (const link of links) link.hear("update", { tick: room.tick });
        room.advance(now);
      }
    },
  };
}
