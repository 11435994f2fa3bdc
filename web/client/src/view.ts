/** What a client knows of its world, built from `state` and `update`. Pure: every function returns a new view. */
import type { ActorChange, Directory, Fields, Player, State, Update } from "./protocol.ts";

export interface Actor {
  readonly id: number;
  readonly kind: string;
  /** Tick of the newest word of the server about this actor. */
  readonly tick: number;
  readonly fields: Fields;
}

export interface View {
  readonly tick: number;
  readonly actors: ReadonlyMap<number, Actor>;
  /** The directory, by player id. */
  readonly players: ReadonlyMap<string, Player>;
}

export const EMPTY_VIEW: View = { tick: 0, actors: new Map(), players: new Map() };

/** The view that a `state` describes; nothing of an older one survives. */
export function fromState(state: State): View {
  const actors = new Map<number, Actor>();
  for (const change of state.actors) setActor(actors, change, state.tick);
  return {
    tick: state.tick,
    actors,
    players: new Map(state.players.map((player) => [player.player, player])),
  };
}

/** {@link view} with an `update` applied; the parts it does not name are shared with the old one. */
export function withUpdate(view: View, update: Update): View {
  return {
    tick: update.tick,
    actors: update.set.length + update.gone.length === 0 ? view.actors : updatedActors(view.actors, update),
    players:
      update.players.length + update.left.length === 0 ? view.players : updatedPlayers(view.players, update),
  };
}

/** {@link view} with what a tick changed of who plays. */
export function withDirectory(view: View, directory: Directory): View {
  return { ...view, players: updatedPlayers(view.players, directory) };
}

function updatedActors(known: ReadonlyMap<number, Actor>, update: Update): ReadonlyMap<number, Actor> {
  const actors = new Map(known);
  for (const id of update.gone) actors.delete(id);
  for (const change of update.set) setActor(actors, change, update.tick);
  return actors;
}

function updatedPlayers(
  known: ReadonlyMap<string, Player>,
  update: Update | Directory,
): ReadonlyMap<string, Player> {
  const players = new Map(known);
  for (const player of update.left) players.delete(player);
  for (const player of update.players) players.set(player.player, player);
  return players;
}

/** A change with a kind is a whole actor; one without changes an actor that is known, and is void where it is not. */
function setActor(actors: Map<number, Actor>, change: ActorChange, tick: number): void {
  const { id, kind, fields } = change;
  const known = actors.get(id);
  if (kind !== null) {
    actors.set(id, { id, kind, tick, fields });
  } else if (known !== undefined) {
    actors.set(id, { id, kind: known.kind, tick, fields: { ...known.fields, ...fields } });
  }
}
