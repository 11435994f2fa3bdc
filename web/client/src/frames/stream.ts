/**
 * The frames of one connection, and the words that answer them: acknowledges, sends inputs, and asks for what is missing or was found to
 * be otherwise.
 */
import type { Link } from "../link.ts";
import type { InputMessage, Settings } from "../protocol.ts";
import type { Grid } from "./cells.ts";
import type { Kinds } from "./kinds.ts";
import { FrameView } from "./view.ts";
import { encodeWords } from "./words.ts";

/** Without anything to say the client says at least how far it has read. */
const HEARTBEAT_MILLIS = 250;
/** How long to wait for a frame that begins anew before it is asked for again. */
const REPAIR_MILLIS = 1_500;

export interface FrameStream {
  readonly view: FrameView;
  /** Other settings hold from a tick on. */
  announce(settings: Settings, fromTick: number): void;
  /** Reads a frame; false if it tells nothing, as the view is broken: a new beginning is asked for. */
  hear(frame: Uint8Array, nowMillis: number): boolean;
  /** Sends inputs. @param nextTick what those are meant for that do not say it */
  say(inputs: readonly InputMessage[], nextTick: number, nowMillis: number): void;
  /** Says what is due although there is nothing to say. */
  beat(nowMillis: number): void;
}

/** Asks for the first frame at once. */
export function newFrameStream(
  kinds: Kinds,
  grid: Grid,
  settings: Settings,
  link: Link,
  nowMillis: number,
): FrameStream {
  const view = new FrameView(kinds, grid, settings);
  const input = kinds.list.find((kind) => kind.input !== null)?.input?.table;
  let saidAtMillis = nowMillis;
  let repairAtMillis = nowMillis;

  function speak(
    now: number,
    inputs: readonly (InputMessage & { readonly tick: number })[] = [],
    wrongCell = -1,
  ): void {
    if (input === undefined) return;
    const anew = view.isBroken && now >= repairAtMillis;
    if (anew) repairAtMillis = now + REPAIR_MILLIS;
    saidAtMillis = now;
    for (const word of encodeWords({ anew, tick: view.tick, wrongCell, inputs }, input)) link.word(word);
  }

  speak(nowMillis);

  return {
    view,
    announce: (next, fromTick) => view.announce(next, fromTick),
    hear(frame, now) {
      const wasBroken = view.isBroken;
      const read = view.read(frame);
      if (!read.ok) {
        if (!wasBroken) repairAtMillis = now;
        speak(now);
        return false;
      }
      if (view.divergence !== null) link.diverged(view.divergence);
      if (view.wrongCell >= 0) speak(now, [], view.wrongCell);
      else if (now - saidAtMillis >= HEARTBEAT_MILLIS) speak(now);
      return true;
    },
    say(inputs, nextTick, now) {
      if (inputs.length > 0) {
        speak(
          now,
          inputs.map((message) => ({ ...message, tick: message.tick ?? nextTick })),
        );
      }
    },
    beat(now) {
      if (now - saidAtMillis >= HEARTBEAT_MILLIS) speak(now);
    },
  };
}
