/**
 * Finds the pilot for the own actor of a connection: none while the rules are under way or where there are none, and
 * another one when an actor of another kind takes its place.
 */
import type { Library, RulesModule } from "./library.ts";
import { newPilot, type Pilot } from "./pilot.ts";
import type { Confirmation } from "./prediction.ts";
import { bindRules } from "./rules.ts";
import type { Timeline } from "./timeline.ts";
import type { Actor } from "./view.ts";

export interface Predictor {
  readonly pilot: Pilot | null;
  /** Whether inputs wait for the rules: what the server got before could not be predicted. */
  readonly isLoading: boolean;
  /**
   * The server's word on the own actor: checks the prediction, or begins it.
   *
   * @param touched the actors that something beside their own step has changed in that tick
   */
  confirm(
    mine: Actor | undefined,
    tick: number,
    timeline: Timeline,
    touched: readonly number[],
  ): Confirmation | null;
}

/** @param path of the rules; null if the game has none */
export function newPredictor(library: Library, path: string | null): Predictor {
  let rules: RulesModule | "loading" | null = path === null ? null : "loading";
  let pilot: Pilot | null = null;
  let actor = 0;
  let kind = "";
  if (path !== null) {
    library.lend(path, (module) => {
      // Without them the actor is shown where the server has it, as others are.
      rules = module;
    });
  }

  function begin(mine: Actor, tick: number, timeline: Timeline): void {
    if (rules === null || rules === "loading") return;
    const bound = bindRules(rules, mine.kind);
    if (!bound.ok) {
      rules = null;
      return;
    }
    pilot = newPilot(bound.value, timeline, tick, mine.fields);
    actor = mine.id;
    kind = mine.kind;
  }

  return {
    get pilot() {
      return pilot;
    },
    get isLoading() {
      return rules === "loading";
    },
    confirm(mine, tick, timeline, touched) {
      if (mine === undefined) {
        pilot = null;
      } else if (pilot !== null && actor === mine.id) {
        return pilot.confirm(tick, mine.fields, touched.includes(mine.id));
      } else if (pilot !== null && kind === mine.kind) {
        pilot.adopt(tick, mine.fields);
        actor = mine.id;
      } else {
        pilot = null;
        begin(mine, tick, timeline);
      }
      return null;
    },
  };
}
