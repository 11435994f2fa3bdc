import { io } from "socket.io-client";

/** Joins the arena and plays; `onTick(tick, actors)` tells after every tick what is known of each actor, by id. */
export async function play(server, name, onTick) {
  const body = JSON.stringify({ game: "arena", name });
  const answer = await fetch(`${server}/api/v1/join`, { method: "POST", body });
  const seat = await answer.json();
  if (!answer.ok) throw new Error(seat.message);

  const auth = { ticket: seat.ticket };
  const socket = io(seat.url + seat.namespace, { auth, transports: ["websocket"], reconnection: false });
  const actors = new Map();
  socket.on("state", (state) => {
    actors.clear();
    for (const actor of state.actors) actors.set(actor.id, actor);
    onTick(state.tick, actors);
  });
  socket.on("update", ({ tick, set = [], gone = [] }) => {
    for (const id of gone) actors.delete(id);
    for (const change of set) actors.set(change.id, { ...actors.get(change.id), ...change });
    onTick(tick, actors);
  });
  const welcome = await new Promise((resolve, reject) => {
    socket.once("welcome", resolve);
    socket.once("connect_error", reject);
  });

  // Without news for half a second the server takes the input for neutral, so what is wanted is said again and again.
  const wanted = { x: 0, y: 0, boost: 0 };
  let seq = 0;
  const send = () => socket.emit("input", { seq: ++seq, ...wanted });
  const heartbeat = setInterval(send, 250);
  return {
    ship: welcome.actor,
    /** The direction wanted from now on, each part from -1 to 1; up is negative y. */
    steer(x, y) {
      Object.assign(wanted, { x, y });
      send();
    },
    leave() {
      clearInterval(heartbeat);
      socket.disconnect();
    },
  };
}
