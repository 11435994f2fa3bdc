import { button, element, mark, svg, write } from "./dom.ts";
import { bytes, duration, millis, rate, whole } from "./format.ts";
import { newBar, newReading, newTrace } from "./gauge.ts";
import type { NodeView } from "./views.ts";

export interface NodeBar {
  readonly root: HTMLElement;
  show(node: NodeView): void;
}

/** The whole node in one row. */
export function newNodeBar(logOut: () => void): NodeBar {
  const place = element("p", "place");
  const phase = element("span", "phase");
  const load = newBar("Load");
  const cpu = newBar("CPU");
  const trace = newTrace();
  const players = newReading("Players");
  const instances = newReading("Instances");
  const messages = newReading("Messages");
  const memory = newReading("Memory");
  const latency = newReading("Latency");
  const uptime = newReading("Up");
  const readings = element(
    "dl",
    "readings",
    ...[players, instances, messages, memory, latency, uptime].map((reading) => reading.root),
  );
  const root = element(
    "header",
    "node",
    element("div", "brand", emblem(), element("div", "", element("h1", "", "Orrery"), place)),
    element("div", "state", phase, button("quiet", "Log out", logOut)),
    element("div", "gauges", load.root, cpu.root, trace.root),
    readings,
  );
  return {
    root,
    show: (node) => {
      write(place, `${node.game} in ${node.region} · ${node.version}`);
      const word = node.hung > 0 ? "hung: restart it" : node.phase;
      write(phase, word);
      mark(phase, "data-phase", node.hung > 0 ? "hung" : node.phase);
      load.show(node.currentLoad);
      cpu.show(node.metrics.cpu);
      trace.add(node.currentLoad);
      players.show(`${whole(node.players)} / ${whole(node.capacity)}`);
      instances.show(`${whole(node.instances)} / ${whole(node.maxInstances)}`);
      messages.show(rate(node.metrics.messageRate));
      memory.show(bytes(node.metrics.memory));
      latency.show(millis(node.metrics.networkLatency));
      uptime.show(duration(node.uptimeMillis));
    },
  };
}

function emblem(): SVGElement {
  return svg(
    "svg",
    { class: "emblem", viewBox: "-20 -20 40 40", "aria-hidden": "true" },
    svg("circle", { class: "orbit", r: 18 }),
    svg("circle", { class: "orbit", r: 11.5 }),
    svg("circle", { class: "sun", r: 4.5 }),
    svg("g", { class: "arm" }, svg("circle", { class: "planet", cx: 11.5, r: 2.4 })),
    svg("g", { class: "arm slow" }, svg("circle", { class: "planet", cx: 18, r: 2 })),
  );
}
