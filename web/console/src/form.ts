import { element, mark, write } from "./dom.ts";
import { check, nearestStop, type Setting } from "./settings.ts";

/** One setting: a slider and a number that are one, with what holds now beside them. */
export interface Row {
  readonly root: HTMLElement;
  /** What is written; null if it is no value that could hold. */
  value(): number | null;
  /** Writes what holds, unless the operator has written something else. */
  show(holds: number): void;
  /** Forgets what the operator has written. */
  reset(): void;
  /** Whether the operator has written something. */
  touched(): boolean;
}

export function newRow(setting: Setting, changed: () => void): Row {
  const id = `setting-${setting.name}`;
  const number = element("input", "number");
  number.id = id;
  number.type = "number";
  number.inputMode = setting.whole ? "numeric" : "decimal";
  number.min = String(setting.min);
  number.max = String(setting.max);
  number.step = setting.whole ? "1" : "any";
  const slider = element("input", "slider");
  slider.type = "range";
  slider.min = "0";
  slider.max = String(setting.stops.length - 1);
  slider.setAttribute("aria-label", `${setting.label}, ${setting.unit}`);
  const label = element("label", "", setting.label);
  label.htmlFor = id;
  const bounds = `${setting.min.toLocaleString("en")} to ${setting.max.toLocaleString("en")}`;
  const hint = element("p", "hint", `${setting.meaning} · ${bounds}`);
  hint.id = `${id}-hint`;
  const note = element("p", "note");
  note.id = `${id}-note`;
  number.setAttribute("aria-describedby", `${hint.id} ${note.id}`);
  const root = element(
    "div",
    "setting",
    element("div", "line", label, number, element("span", "unit", setting.unit)),
    slider,
    element("div", "below", hint, note),
  );
  let touched = false;
  let holds = 0;

  function refresh(): void {
    const checked = check(setting, number.value);
    const problem = "problem" in checked ? checked.problem : "";
    const differs = problem === "" && touched && number.value !== "" && Number(number.value) !== holds;
    root.classList.toggle("wrong", problem !== "");
    root.classList.toggle("differs", differs);
    number.setAttribute("aria-invalid", String(problem !== ""));
    write(note, problem !== "" ? problem : differs ? `now ${holds} ${setting.unit}` : "");
  }

  function setSlider(value: number): void {
    slider.value = String(nearestStop(setting, value));
    fill(slider, setting);
    mark(slider, "aria-valuetext", `${value} ${setting.unit}`);
  }

  number.addEventListener("input", () => {
    touched = true;
    const checked = check(setting, number.value);
    if ("value" in checked) setSlider(checked.value);
    refresh();
    changed();
  });
  slider.addEventListener("input", () => {
    touched = true;
    const value = setting.stops[Number(slider.value)] ?? setting.min;
    number.value = String(value);
    fill(slider, setting);
    mark(slider, "aria-valuetext", `${value} ${setting.unit}`);
    refresh();
    changed();
  });
  return {
    root,
    value: () => {
      const checked = check(setting, number.value);
      return "value" in checked ? checked.value : null;
    },
    show: (value) => {
      holds = value;
      if (!touched && number.value !== String(value)) {
        number.value = String(value);
        setSlider(value);
      }
      refresh();
    },
    reset: () => {
      touched = false;
    },
    touched: () => touched,
  };
}

/** How far the slider's track is filled; the style draws it. */
function fill(slider: HTMLInputElement, setting: Setting): void {
  const share = Number(slider.value) / (setting.stops.length - 1);
  slider.style.setProperty("--share", `${share * 100}%`);
}
