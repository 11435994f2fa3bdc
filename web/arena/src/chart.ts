import type { Rock, Wall, WorldMap } from "@orrery/client";
import { svg } from "./dom.ts";
import { scatter } from "./scatter.ts";

/** Lines of the fine and of the strong grid, px; the strong one is the server's interest grid. */
const FINE = 100;
const STRONG = 500;
const STARS_PER_MEGAPIXEL = 60;

/** The sea chart under the ships: water, grid, stars, the orrery's orbits, rocks, walls and the frame. */
export function drawChart(map: WorldMap): SVGSVGElement {
  const { width, height } = map;
  return svg(
    "svg",
    { class: "chart", width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" },
    definitions(),
    svg("rect", { width, height, fill: "url(#water)" }),
    svg("path", { class: "grid fine", d: gridPath(map, FINE) }),
    svg("path", { class: "grid strong", d: gridPath(map, STRONG) }),
    stars(map),
    orbits(map),
    ...map.rocks.map(rock),
    ...map.walls.map(wall),
    ...border(map),
  );
}

function definitions(): SVGDefsElement {
  return svg(
    "defs",
    {},
    svg(
      "radialGradient",
      { id: "water", r: 0.75 },
      svg("stop", { offset: 0, "stop-color": "#12304a" }),
      svg("stop", { offset: 0.6, "stop-color": "#0c2236" }),
      svg("stop", { offset: 1, "stop-color": "#081726" }),
    ),
    svg(
      "linearGradient",
      { id: "wake" },
      svg("stop", { offset: 0, "stop-color": "#cfe8f7", "stop-opacity": 0 }),
      svg("stop", { offset: 1, "stop-color": "#cfe8f7", "stop-opacity": 0.5 }),
    ),
  );
}

function gridPath({ width, height }: WorldMap, step: number): string {
  let path = "";
  for (let x = step; x < width; x += step) path += `M${x} 0V${height}`;
  for (let y = step; y < height; y += step) path += `M0 ${y}H${width}`;
  return path;
}

function stars({ width, height }: WorldMap): SVGGElement {
  const random = scatter(width * 31 + height);
  const count = Math.round((width * height * STARS_PER_MEGAPIXEL) / 1e6);
  return svg(
    "g",
    { class: "stars" },
    ...Array.from({ length: count }, () => {
      const size = random() ** 4;
      return svg("circle", {
        cx: (random() * width).toFixed(1),
        cy: (random() * height).toFixed(1),
        r: (0.7 + 1.5 * size).toFixed(2),
        opacity: (0.2 + 0.5 * size).toFixed(2),
      });
    }),
  );
}

/** Orbits around the middle of the map, each with its planet, and a graduated circle around them. */
function orbits({ width, height }: WorldMap): SVGGElement {
  const cx = width / 2;
  const cy = height / 2;
  const unit = Math.min(width, height) / 2;
  const random = scatter(7);
  const rings = [0.14, 0.27, 0.42, 0.6, 0.8].map((part) => {
    const angle = random() * 2 * Math.PI;
    const radius = part * unit;
    return svg(
      "g",
      {},
      svg("circle", { class: "orbit", cx, cy, r: radius }),
      svg("circle", {
        class: "planet",
        cx: (cx + radius * Math.cos(angle)).toFixed(1),
        cy: (cy + radius * Math.sin(angle)).toFixed(1),
        r: (5 + 7 * random()).toFixed(1),
      }),
    );
  });
  const dial = 0.93 * unit;
  return svg(
    "g",
    { class: "orbits" },
    ...rings,
    svg("circle", { class: "orbit", cx, cy, r: dial }),
    svg("circle", {
      class: "degrees",
      cx,
      cy,
      r: dial - 7,
      pathLength: 360,
      "stroke-dasharray": "0.12 1.88",
    }),
    svg("circle", {
      class: "degrees",
      cx,
      cy,
      r: dial - 15,
      pathLength: 360,
      "stroke-dasharray": "0.12 9.88",
    }),
    svg("circle", { class: "sun", cx, cy, r: 16 }),
    svg("circle", { class: "orbit", cx, cy, r: 26 }),
  );
}

/** A rock in three facets within its true circle, and lines of equal depth around it. */
function rock({ x, y, radius }: Rock): SVGGElement {
  return svg(
    "g",
    { class: "rock", transform: `translate(${x} ${y})` },
    svg("path", { class: "depth far", d: blob(x + y + 1, radius + 34, 0.05) }),
    svg("path", { class: "depth", d: blob(x + y, radius + 16, 0.04) }),
    svg("path", { class: "foot", d: blob(x + y + 2, radius, 0.05) }),
    svg("path", {
      class: "slope",
      d: blob(x + y + 3, radius * 0.66, 0.1),
      transform: `translate(${-radius * 0.08} ${-radius * 0.1})`,
    }),
    svg("path", {
      class: "peak",
      d: blob(x + y + 4, radius * 0.34, 0.16),
      transform: `translate(${-radius * 0.14} ${-radius * 0.2})`,
    }),
  );
}

/** A closed outline of straight edges around the origin, between (1 - 2·rough) and 1 times the radius. */
function blob(seed: number, radius: number, rough: number): string {
  const random = scatter(seed);
  const corners = Math.max(9, Math.round(radius / 5));
  const points = Array.from({ length: corners }, (_, index) => {
    const angle = ((index + 0.5 * random()) / corners) * 2 * Math.PI;
    const reach = radius * (1 - 2 * rough * random());
    return `${(reach * Math.cos(angle)).toFixed(1)} ${(reach * Math.sin(angle)).toFixed(1)}`;
  });
  return `M${points.join("L")}Z`;
}

/** A pier: planks across its long side, a coping around it, and a brass bollard at each corner. */
function wall({ x, y, width, height }: Wall): SVGGElement {
  const plank = 14;
  const along = width >= height;
  let planks = "";
  if (along) for (let at = plank; at < width; at += plank) planks += `M${at} 2V${height - 2}`;
  else for (let at = plank; at < height; at += plank) planks += `M2 ${at}H${width - 2}`;
  const inset = Math.min(9, width / 4, height / 4);
  const bollards = [inset, width - inset].flatMap((cx) =>
    [inset, height - inset].map((cy) => svg("circle", { class: "bollard", cx, cy, r: inset / 3 })),
  );
  return svg(
    "g",
    { class: "wall", transform: `translate(${x} ${y})` },
    svg("rect", { class: "shade", x: 5, y: 7, width, height, rx: 4 }),
    svg("rect", { class: "deck", width, height, rx: 4 }),
    svg("path", { class: "planks", d: planks }),
    svg("rect", { class: "coping", x: 2.5, y: 2.5, width: width - 5, height: height - 5, rx: 2.5 }),
    ...bollards,
  );
}

/** The frame of a chart: two lines with a scale of light and dark stretches between them. */
function border({ width, height }: WorldMap): SVGElement[] {
  const box = (out: number) => ({ x: -out, y: -out, width: width + 2 * out, height: height + 2 * out });
  return [
    svg("rect", { class: "frame", ...box(1) }),
    svg("rect", { class: "frame scale", ...box(9), "stroke-dasharray": `${FINE / 2} ${FINE / 2}` }),
    svg("rect", { class: "frame", ...box(17) }),
  ];
}
