/** What frames show, as the rest of the client knows actors: fields by their names. Who does not change stays the same object. */
import { sameRow, toFields } from "../rows.ts";
import type { Actor } from "../view.ts";
import type { Seen } from "./seen.ts";
import type { FrameView } from "./view.ts";

interface Shown {
  readonly row: Int32Array;
  readonly actor: Actor;
}

export type Picture = (view: FrameView) => ReadonlyMap<number, Actor>;

export function newPicture(): Picture {
  let known = new Map<number, Shown>();
  return (view) => {
    const now = new Map<number, Shown>();
    const actors = new Map<number, Actor>();
    for (const seen of view.actors()) {
      const before = known.get(seen.id);
      const shown = before !== undefined && sameRow(before.row, seen.row) ? before : show(seen, view.tick);
      now.set(seen.id, shown);
      actors.set(seen.id, shown.actor);
    }
    known = now;
    return actors;
  };
}

function show({ id, kind, row }: Seen, tick: number): Shown {
  return { row: row.slice(), actor: { id, kind: kind.table.name, tick, fields: toFields(kind.table, row) } };
}
