import { element, svg } from "./dom.ts";

/** The quay: where a player gives a name and sets sail. */
export interface Entry {
  readonly root: HTMLElement;
  /** While the seat is asked for. */
  wait(): void;
  /** Ready for a name, with the reason if the last try failed. */
  open(refusal?: string): void;
}

const NAME_LIMIT = 24;

export function newEntry(name: string, sail: (name: string) => void): Entry {
  const root = element("div", "entry");
  const form = element("form", "card");
  form.setAttribute("aria-labelledby", "title");
  const title = element("h1", "", "Orrery");
  title.id = "title";
  const label = element("label", "", "Your name");
  label.htmlFor = "name";
  const input = element("input", "");
  input.id = "name";
  input.name = "name";
  input.maxLength = NAME_LIMIT;
  input.setAttribute("autocomplete", "nickname");
  input.spellcheck = false;
  input.placeholder = "Ada";
  input.value = name;
  const refusal = element("p", "refusal");
  refusal.setAttribute("role", "alert");
  const button = element("button", "primary", "Set sail");
  form.append(
    title,
    element("p", "motto", "One harbour, one clock, every ship in step."),
    label,
    input,
    refusal,
  );
  form.append(
    button,
    keysHelp(),
    element("p", "help touch", "Left thumb steers · right thumb boosts and shoots"),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!button.disabled) sail(input.value.trim());
  });
  root.append(brassOrrery(), form);

  return {
    root,
    wait() {
      button.disabled = true;
      button.textContent = "Casting off …";
      refusal.textContent = "";
    },
    open(reason = "") {
      button.disabled = false;
      button.textContent = reason === "" ? "Set sail" : "Try again";
      refusal.textContent = reason;
      // With a touch screen the focus would bring up its keyboard before anyone has seen the page.
      if (matchMedia("(hover: hover)").matches) input.select();
    },
  };
}

function keysHelp(): HTMLElement {
  const help = element("p", "help keys");
  const keys = ["W", "A", "S", "D"].map((key) => element("kbd", "", key));
  help.append(...keys, " or arrows steer · ", element("kbd", "", "Space"), " boosts");
  help.append(element("br", ""), element("kbd", "", "F"), " or ", element("kbd", "", "J"), " fires · ");
  help.append(element("kbd", "", "E"), " or ", element("kbd", "", "K"), " throws the lance");
  return help;
}

/** Orbits, in order: radius, size of the planet, seconds of a turn, where the turn begins (0 to 1). */
const PLANETS = [
  [70, 6, 9, 0.1],
  [112, 9, 16, 0.62],
  [164, 7, 27, 0.35],
  [226, 14, 44, 0.8],
  [300, 11, 71, 0.2],
] as const;

/** The brass model behind the panel. */
function brassOrrery(): SVGSVGElement {
  const orbits = PLANETS.map(([radius, size, seconds, start]) => {
    const arm = svg(
      "g",
      { class: "arm" },
      svg("line", { x1: 0, y1: 0, x2: radius, y2: 0 }),
      svg("circle", { class: "planet", cx: radius, cy: 0, r: size }),
    );
    arm.style.animationDuration = `${seconds}s`;
    arm.style.animationDelay = `${-start * seconds}s`;
    return svg("g", {}, svg("circle", { class: "orbit", r: radius }), arm);
  });
  return svg(
    "svg",
    { class: "model", viewBox: "-360 -360 720 720", "aria-hidden": "true" },
    svg("circle", { class: "orbit dial", r: 340 }),
    svg("circle", { class: "degrees", r: 333, pathLength: 360, "stroke-dasharray": "0.25 1.75" }),
    svg("circle", { class: "degrees", r: 325, pathLength: 360, "stroke-dasharray": "0.25 9.75" }),
    ...orbits,
    svg("circle", { class: "sun", r: 22 }),
  );
}
