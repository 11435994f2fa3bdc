import type { Gate, WorldMap } from "@orrery/client";
import { element, svg } from "./dom.ts";
import { scatter } from "./scatter.ts";

/** Stars within a gate, and how much of it lies outside its true circle. */
const STARS = 26;
const RIM = 1.25;

/**
 * The ways out: brass rings with another sky inside. Each is a layer of its own and not part of the chart, so that
 * turning it redraws nothing.
 */
export function drawGates(map: WorldMap): HTMLElement {
  const root = element("div", "gates");
  root.append(...map.gates.map(drawGate));
  return root;
}

function drawGate({ x, y, radius }: Gate): HTMLElement {
  const gate = element("div", "gate");
  gate.style.transform = `translate(${x}px, ${y}px)`;
  gate.append(layer("sky", radius, sky(radius)), layer("ring", radius, ring(radius)));
  return gate;
}

function layer(className: string, radius: number, parts: readonly SVGElement[]): SVGSVGElement {
  const half = radius * RIM;
  const drawn = svg(
    "svg",
    {
      class: className,
      width: 2 * half,
      height: 2 * half,
      viewBox: `${-half} ${-half} ${2 * half} ${2 * half}`,
      "aria-hidden": "true",
    },
    ...parts,
  );
  drawn.style.margin = `${-half}px`;
  return drawn;
}

/** Another night, seen through the ring: arms of stars around a bright middle. */
function sky(radius: number): SVGElement[] {
  const random = scatter(radius);
  const stars = Array.from({ length: STARS }, (_, index) => {
    const way = (index + random()) / STARS;
    const angle = (index % 2) * Math.PI + way * 4;
    const reach = radius * (0.14 + 0.74 * way) + 3 * random();
    return svg("circle", {
      class: "star",
      cx: (reach * Math.cos(angle)).toFixed(1),
      cy: (reach * Math.sin(angle)).toFixed(1),
      r: (0.02 * radius + 1.4 * random()).toFixed(2),
      opacity: (0.5 + 0.5 * random()).toFixed(2),
    });
  });
  return [
    svg("circle", { class: "night", r: radius }),
    svg("circle", { class: "glow", r: radius * 0.34 }),
    svg("circle", { class: "glow", r: radius * 0.16 }),
    ...stars,
  ];
}

/** The rim with its scale, and four studs by which one sees it turn. */
function ring(radius: number): SVGElement[] {
  const studs = [0, 1, 2, 3].map((quarter) =>
    svg("path", {
      class: "stud",
      d: `M0 ${-radius * 1.2}l${radius * 0.09} ${radius * 0.14}h${-radius * 0.18}z`,
      transform: `rotate(${quarter * 90})`,
    }),
  );
  return [
    svg("circle", { class: "rim", r: radius, "stroke-width": radius * 0.09 }),
    svg("circle", {
      class: "scale",
      r: radius * 1.1,
      "stroke-width": radius * 0.08,
      pathLength: 360,
      "stroke-dasharray": "1.2 8.8",
    }),
    ...studs,
  ];
}
