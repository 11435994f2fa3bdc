import { type Answer, scoped, send } from "./api.ts";
import { confirm } from "./confirm.ts";
import { button, element, keyed, write } from "./dom.ts";
import { millis, whole } from "./format.ts";
import { ALL, type Known } from "./known.ts";
import type { PlayerView } from "./views.ts";

export interface PlayersPanel {
  readonly root: HTMLElement;
  show(known: Known): void;
}

interface Entry {
  readonly root: HTMLElement;
  show(player: PlayerView): void;
}

/** Who is in the instance that is looked at. */
export function newPlayersPanel(settled: (answer: Answer, done: string) => void): PlayersPanel {
  const list = element("ul", "players");
  const count = element("span", "count");
  const none = element("p", "hint");
  let scope = ALL;

  async function kick(player: string, name: string): Promise<void> {
    const from = scope;
    if (!(await confirm(`Kick ${name}?`, "Their session ends at once. They may join again.", `Kick ${name}`)))
      return;
    const answer = await send("DELETE", scoped(from, `players/${encodeURIComponent(player)}`));
    settled(answer, `${name} was sent away.`);
  }

  const show = keyed<PlayerView, Entry>(
    list,
    (player) => player.player,
    (player) => newEntry(player, () => void kick(player.player, player.name)),
    (entry, player) => entry.show(player),
  );
  return {
    root: element("section", "panel", element("h2", "", "Players ", count), list, none),
    show: (known) => {
      scope = known.scope;
      write(count, scope === ALL ? "" : whole(known.players.length));
      write(
        none,
        scope === ALL
          ? "Choose an instance to see who is in it."
          : known.players.length === 0
            ? "Nobody is in it."
            : "",
      );
      show([...known.players].sort(byName));
    },
  };
}

function newEntry(player: PlayerView, kick: () => void): Entry {
  const name = element("span", "who", player.name);
  name.title = player.player;
  const latency = element("span", "latency");
  const away = button("quiet", "Kick", kick);
  away.setAttribute("aria-label", `Kick ${player.name}`);
  const root = element("li", "", name, latency, away);
  return {
    root,
    show: (now) => {
      root.classList.toggle("away", !now.connected);
      write(latency, now.connected ? millis(now.roundTripMillis) : "away");
    },
  };
}

function byName(one: PlayerView, other: PlayerView): number {
  return one.name.localeCompare(other.name) || one.player.localeCompare(other.player);
}
