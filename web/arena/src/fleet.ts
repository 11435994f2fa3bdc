import type { Player, Room } from "@orrery/client";
import type { Pose } from "./pose.ts";
import { newShip, type Ship } from "./ship.ts";

/** All ships of a room as elements of one layer. */
export interface Fleet {
  /** Makes the layer show what the room knows. */
  show(room: Room): void;
  /** Shows the own ship there; null leaves it to the server's word. */
  place(room: Room, pose: Pose | null): void;
  /** The ship of an actor, if it is shown. */
  ship(id: unknown): Ship | undefined;
  /** Forgets all ships: those of another harbour may bear the same ids. */
  clear(): void;
}

export function newFleet(layer: HTMLElement): Fleet {
  const ships = new Map<number, Ship>();

  return {
    clear() {
      for (const ship of ships.values()) ship.root.remove();
      ships.clear();
    },
    ship: (id) => (typeof id === "number" ? ships.get(id) : undefined),
    place(room, pose) {
      if (room.me !== undefined) ships.get(room.me.id)?.place(pose);
    },
    show(room) {
      const pilots = new Map<number, Player>();
      for (const player of room.players.values()) if (player.actor !== null) pilots.set(player.actor, player);
      const mine = room.me?.id;
      for (const actor of room.actors.values()) {
        if (actor.kind !== "ship") continue;
        let ship = ships.get(actor.id);
        const arrives = ship === undefined;
        ship ??= newShip(actor);
        ship.show(actor, pilots.get(actor.id) ?? null, actor.id === mine);
        if (!arrives) continue;
        ships.set(actor.id, ship);
        layer.append(ship.root);
      }
      for (const [id, ship] of ships) {
        if (room.actors.has(id)) continue;
        ship.root.remove();
        ships.delete(id);
      }
    },
  };
}
