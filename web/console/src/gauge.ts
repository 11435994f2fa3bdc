import { element, mark, svg, write } from "./dom.ts";
import { percent, sparkline, stress } from "./format.ts";

const SLOTS = 60;
const WIDTH = 120;
const HEIGHT = 26;

/** A reading with its name. */
export interface Reading {
  readonly root: HTMLElement;
  show(text: string): void;
}

/** A name and a value, to stand in a `dl`. */
export function newReading(name: string): Reading {
  const value = element("dd", "");
  return { root: element("div", "", element("dt", "", name), value), show: (text) => write(value, text) };
}

/** A bar from empty to full, with its share in figures. */
export interface Bar {
  readonly root: HTMLElement;
  show(share: number): void;
}

export function newBar(name: string): Bar {
  const fill = element("div", "fill");
  const track = element("div", "track", fill);
  track.setAttribute("role", "meter");
  track.setAttribute("aria-label", name);
  track.setAttribute("aria-valuemin", "0");
  track.setAttribute("aria-valuemax", "100");
  const figure = element("span", "figure");
  const root = element("div", "bar", element("span", "name", name), figure, track);
  return {
    root,
    show: (share) => {
      write(figure, percent(share));
      fill.style.setProperty("width", `${Math.min(100, Math.max(0, share * 100))}%`);
      mark(root, "data-stress", stress(share));
      mark(track, "aria-valuenow", String(Math.round(Math.min(1, share) * 100)));
      mark(track, "aria-valuetext", percent(share));
    },
  };
}

/** The last minute of a share, as a line. */
export interface Trace {
  readonly root: SVGElement;
  add(share: number): void;
}

export function newTrace(): Trace {
  const values: number[] = [];
  const line = svg("path", { class: "line", "vector-effect": "non-scaling-stroke" });
  const root = svg(
    "svg",
    {
      class: "trace",
      viewBox: `0 -1 ${WIDTH} ${HEIGHT + 2}`,
      preserveAspectRatio: "none",
      "aria-hidden": "true",
    },
    line,
  );
  return {
    root,
    add: (share) => {
      values.push(share);
      if (values.length > SLOTS) values.shift();
      line.setAttribute("d", sparkline(values, SLOTS, WIDTH, HEIGHT));
    },
  };
}
