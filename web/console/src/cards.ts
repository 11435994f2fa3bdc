import { button, element, keyed, mark, write } from "./dom.ts";
import { bytes, millis, percent, rate, whole } from "./format.ts";
import { newBar, newReading, newTrace } from "./gauge.ts";
import { ALL, type Known } from "./known.ts";
import type { InstanceView } from "./views.ts";

export interface Cards {
  readonly root: HTMLElement;
  show(known: Known): void;
}

interface Card {
  readonly root: HTMLElement;
  show(instance: InstanceView, chosen: boolean): void;
}

/** A card for each instance, and one for all of them: whichever is chosen is what the panels are about. */
export function newCards(choose: (scope: string) => void, open: () => void): Cards {
  const list = element("div", "cards");
  const all = button("quiet all", "All", () => choose(ALL));
  all.setAttribute("aria-label", "All instances");
  const count = element("span", "count");
  const more = button("quiet", "Open another", open);
  let scope = ALL;
  const show = keyed<InstanceView, Card>(
    list,
    (instance) => instance.id,
    (instance) => newCard(instance.id, () => choose(scope === instance.id ? ALL : instance.id)),
    (card, instance) => card.show(instance, instance.id === scope),
  );
  const none = element("p", "none");
  return {
    root: element(
      "section",
      "instances",
      element("div", "heading", element("h2", "", "Instances"), count, all, more),
      list,
      none,
    ),
    show: (known) => {
      scope = known.scope;
      mark(all, "aria-pressed", String(scope === ALL));
      write(count, whole(known.instances.length));
      const draining = known.node.phase === "draining";
      more.disabled = draining || known.instances.length >= known.node.maxInstances;
      write(
        none,
        known.instances.length > 0
          ? ""
          : draining
            ? "All are closed; this node takes nobody any more."
            : "None runs.",
      );
      show(known.instances);
    },
  };
}

function newCard(id: string, choose: () => void): Card {
  const phase = element("span", "phase");
  const title = button("title", id, choose);
  const load = newBar("Load");
  const trace = newTrace();
  const seats = element("p", "seats");
  const connections = newReading("Connections");
  const messages = newReading("Messages");
  const state = newReading("State");
  const cpu = newReading("CPU");
  const memory = newReading("Memory");
  const latency = newReading("Latency");
  const tick = newReading("Tick");
  const actors = newReading("Actors");
  const settings = newReading("Settings");
  const readings = [connections, messages, state, cpu, memory, latency, tick, actors, settings];
  const root = element(
    "article",
    "card",
    element("div", "top", title, phase),
    seats,
    load.root,
    trace.root,
    element("dl", "readings", ...readings.map((reading) => reading.root)),
  );
  root.addEventListener("click", (event) => {
    if (event.target !== title) choose();
  });
  return {
    root,
    show: (instance, chosen) => {
      const { metrics } = instance;
      mark(title, "aria-pressed", String(chosen));
      root.classList.toggle("chosen", chosen);
      root.classList.toggle("asleep", instance.hibernating);
      write(phase, instance.hibernating ? "hibernating" : instance.phase);
      mark(phase, "data-phase", instance.hibernating ? "hibernating" : instance.phase);
      const away = instance.away === 0 ? "" : `, ${whole(instance.away)} away`;
      write(seats, `${whole(instance.players)} of ${whole(instance.capacity)} players${away}`);
      load.show(instance.currentLoad);
      trace.add(instance.currentLoad);
      connections.show(whole(metrics.connections));
      messages.show(rate(metrics.messageRate));
      state.show(bytes(metrics.stateSize));
      cpu.show(percent(metrics.cpu));
      memory.show(bytes(metrics.memory));
      latency.show(millis(metrics.networkLatency));
      tick.show(whole(instance.tick));
      actors.show(whole(instance.actors));
      const next = instance.announced[0];
      settings.show(next === undefined ? "in force" : `from ${whole(next.atTick)}`);
      settings.root.classList.toggle("soon", next !== undefined);
    },
  };
}
