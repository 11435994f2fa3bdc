import type { GameEvent, Room } from "@orrery/client";
import { element, write } from "./dom.ts";
import { hullOf, numberOf } from "./ship.ts";

/** How the fight goes: the own hull and score, the best of the harbour, and what to say of a sunk ship. */
export interface Battle {
  readonly root: HTMLElement;
  show(room: Room): void;
  happened(event: GameEvent, room: Room): void;
}

/** A line of the score board. */
export interface Standing {
  readonly name: string;
  readonly score: number;
  readonly mine: boolean;
}

const BEST = 5;
const LOADING_MILLIS = 1_600;

export function newBattle(): Battle {
  const root = element("section", "battle");
  root.setAttribute("aria-label", "The fight");
  const gauge = element("div", "gauge");
  gauge.setAttribute("role", "meter");
  gauge.setAttribute("aria-label", "Hull");
  gauge.setAttribute("aria-valuemin", "0");
  gauge.setAttribute("aria-valuemax", "100");
  const level = element("i", "");
  gauge.append(level);
  const lance = element("div", "reload");
  lance.append(element("i", ""));
  lance.title = "Lance";
  const board = element("ol", "board");
  const fate = element("p", "fate");
  fate.setAttribute("role", "status");
  root.append(gauge, lance, board, fate);
  let by = "";

  return {
    root,
    show(room) {
      const mine = room.me;
      root.classList.toggle("afloat", mine !== undefined);
      if (mine === undefined) return;
      const hull = hullOf(mine);
      level.style.width = `${hull}%`;
      gauge.dataset["state"] = hull > 60 ? "well" : hull > 30 ? "hurt" : "low";
      gauge.setAttribute("aria-valuenow", String(hull));
      const lines = standings(room, BEST).map((standing) => line(standing));
      const text = lines.map((each) => `${each.className} ${each.textContent}`).join();
      if (board.dataset["text"] !== text) {
        board.dataset["text"] = text;
        board.replaceChildren(...lines);
      }
      write(
        fate,
        hull > 0
          ? ""
          : by === ""
            ? "Sunk. Afloat again in a moment."
            : `Sunk by ${by}. Afloat again in a moment.`,
      );
    },
    happened({ name, body }, room) {
      if (name === "sank" && body["ship"] === room.me?.id) by = nameOf(room, body["by"]);
      if (name === "lanced" && body["ship"] === room.me?.id) {
        lance.firstElementChild?.animate({ width: ["0%", "100%"] }, LOADING_MILLIS);
      }
    },
  };
}

function line({ name, score, mine }: Standing): HTMLElement {
  const made = element("li", mine ? "mine" : "");
  made.append(element("span", "name", name), element("b", "", String(score)));
  return made;
}

/** The best of the players who have scored, and oneself in any case; of equals whoever came first. Pure. */
export function standings(
  room: Pick<Room, "actors" | "players" | "player">,
  count: number,
): readonly Standing[] {
  const all = [...room.players.values()].flatMap((player): (Standing & { readonly place: number })[] => {
    const actor = player.actor === null ? undefined : room.actors.get(player.actor);
    if (actor === undefined) return [];
    const mine = player.player === room.player;
    return [{ name: player.name, score: numberOf(actor, "score"), mine, place: actor.id }];
  });
  all.sort((a, b) => b.score - a.score || a.place - b.place);
  const best = all.filter(({ score, mine }) => score > 0 || mine).slice(0, count);
  const own = all.find(({ mine }) => mine);
  if (own !== undefined && !best.includes(own)) best.splice(count - 1, 1, own);
  return best;
}

/** Who controls an actor; a wanderer has no name. */
function nameOf(room: Room, actor: unknown): string {
  for (const player of room.players.values()) if (player.actor === actor) return player.name;
  return "a wanderer";
}
