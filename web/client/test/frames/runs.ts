/** Recorded runs of a game, as the server's build writes them: every frame of one client, and what it must see then. */
import { addRow, type Digest } from "../../src/frames/digest.ts";
import { bindKinds } from "../../src/frames/kinds.ts";
import { FrameView } from "../../src/frames/view.ts";
import type { RulesModule } from "../../src/library.ts";
import type { Settings } from "../../src/protocol.ts";

export interface Run {
  readonly seed: number;
  readonly kinds: readonly string[];
  readonly grid: { readonly columns: number; readonly rows: number; readonly size: number };
  readonly settings: Settings;
  readonly steps: readonly Step[];
}

type Step =
  | { readonly announce: { readonly settings: Settings; readonly atTick: number } }
  | {
      readonly frame: string;
      readonly tick: number;
      readonly tardy: number;
      readonly seen: readonly [low: number, high: number];
      readonly actors: number;
    };

/** Reads all frames of a run, and throws at the first after which something else is seen. Returns how many there were. */
export function replay(module: RulesModule, run: Run): number {
  const kinds = bindKinds(module, run.kinds);
  if (!kinds.ok) throw new Error(kinds.reason);
  const view = new FrameView(kinds.value, run.grid, run.settings);
  let frames = 0;
  for (const [index, step] of run.steps.entries()) {
    if ("announce" in step) {
      view.announce(step.announce.settings, step.announce.atTick);
      continue;
    }
    const read = view.read(Uint8Array.from(atob(step.frame), (char) => char.charCodeAt(0)));
    const { low, high } = digestOf(view);
    const found = [
      read.ok || read.reason,
      view.tick,
      view.tardyTicks,
      view.wrongCell,
      low,
      high,
      count(view),
    ];
    const wanted = [true, step.tick, step.tardy, -1, ...step.seen, step.actors];
    if (String(found) !== String(wanted)) {
      throw new Error(`seed ${run.seed}, step ${index}: ${found} and not ${wanted}`);
    }
    frames += 1;
  }
  return frames;
}

function count(view: FrameView): number {
  return [...view.actors()].length;
}

/** Of all that is seen: cells with their ticks, and in them the actors with what everyone is told of them and of their inputs. */
export function digestOf(view: FrameView): Digest {
  const digest = { low: 0, high: 0 };
  for (const [cell, tick, actors] of view.cells()) {
    addRow(digest, -1 - cell, tick, []);
    for (const { id, kind, row, input } of actors) {
      addRow(digest, id, kind.index, kind.codec.told(row));
      if (kind.input !== null) addRow(digest, id, kind.index, kind.input.codec.told(input));
    }
  }
  return digest;
}
