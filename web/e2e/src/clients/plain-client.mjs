import { io } from "socket.io-client";

/** Joins the arena and plays; `onTick(tick, actors)` tells after every tick what is known of each actor, by id. */
export async function play(server, name, onTick) {
  const body = JSON.stringify({ game: "arena", name });
  const { url, namespace, ticket } = await (
    await fetch(`${server}/api/v1/join`, { method: "POST", body })
  ).json();
  const socket = io(url + namespace, { auth: { ticket }, transports: ["websocket"], reconnection: false });
  const actors = new Map();
  const hear = ({ tick, set = [], gone = [] }) => {
    for (const id of gone) actors.delete(id);
    for (const change of set) actors.set(change.id, { ...actors.get(change.id), ...change });
    onTick(tick, actors);
  };
  socket.on("state", (state) => hear({ tick: state.tick, set: state.actors, gone: [...actors.keys()] }));
  socket.on("update", hear);
  const welcome = await new Promise((enter, fail) => socket.on("welcome", enter).on("connect_error", fail));
  let input = { seq: 0, x: 0, y: 0 };
  const steer = (x = input.x, y = input.y) => {
    input = { seq: input.seq + 1, x, y };
    socket.emit("input", input);
  };
  // Without news for half a second the server takes the input for neutral, so what is wanted is said again and again.
  const heartbeat = setInterval(steer, 250);
  socket.on("disconnect", () => clearInterval(heartbeat)); // "closed" or "moved" may have said why, just before
  return { ship: welcome.actor, steer, socket, leave: () => socket.disconnect() };
}
