/** The six settings: their bounds as the server has them, and what a form makes of them. */

export type SettingName =
  | "tickRate"
  | "movementSpeed"
  | "broadcastFrames"
  | "smoothing"
  | "maxPlayers"
  | "reconnectAttempts";

export type Settings = Readonly<Record<SettingName, number>>;

export interface Setting {
  readonly name: SettingName;
  readonly label: string;
  readonly min: number;
  readonly max: number;
  /** Whole numbers only, or any. */
  readonly whole: boolean;
  readonly unit: string;
  readonly meaning: string;
  /** Where the slider stops: between two of them the number decides. */
  readonly stops: readonly number[];
}

export const SETTINGS: readonly Setting[] = [
  {
    name: "tickRate",
    label: "Tick rate",
    min: 10,
    max: 1000,
    whole: true,
    unit: "ms",
    meaning: "Length of a step of the world",
    stops: series(10, 1000),
  },
  {
    name: "movementSpeed",
    label: "Movement speed",
    min: 0,
    max: 100,
    whole: false,
    unit: "px/frame",
    meaning: "Of a plain mover, per client frame",
    stops: even(0, 100, 0.25),
  },
  {
    name: "broadcastFrames",
    label: "Broadcast",
    min: 1,
    max: 60,
    whole: true,
    unit: "frames",
    meaning: "Client frames between two sends",
    stops: even(1, 60, 1),
  },
  {
    name: "smoothing",
    label: "Smoothing",
    min: 0,
    max: 5,
    whole: false,
    unit: "s",
    meaning: "Glide to a new position",
    stops: even(0, 5, 0.05),
  },
  {
    name: "maxPlayers",
    label: "Max players",
    min: 1,
    max: 10_000,
    whole: true,
    unit: "seats",
    meaning: "Who is in stays in",
    stops: series(1, 10_000),
  },
  {
    name: "reconnectAttempts",
    label: "Reconnects",
    min: 0,
    max: 1000,
    whole: true,
    unit: "tries",
    meaning: "Before a client gives up",
    stops: [0, ...series(1, 1000)],
  },
];

export const SETTING_NAMES: readonly SettingName[] = SETTINGS.map((setting) => setting.name);

function even(min: number, max: number, step: number): readonly number[] {
  const count = Math.round((max - min) / step);
  return Array.from({ length: count + 1 }, (_, index) => Number((min + index * step).toFixed(6)));
}

/** Whole numbers that grow by a fifth to a third each: as fine at 10 as at 1,000. */
function series(min: number, max: number): readonly number[] {
  const stops = new Set<number>();
  for (let decade = 1; decade <= max; decade *= 10) {
    for (const digit of [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8]) {
      const stop = digit * decade;
      if (Number.isInteger(stop) && stop >= min && stop <= max) stops.add(stop);
    }
  }
  stops.add(max);
  return [...stops].sort((a, b) => a - b);
}

/** The index of the slider's stop that is nearest to a value. */
export function nearestStop(setting: Setting, value: number): number {
  let nearest = 0;
  setting.stops.forEach((stop, index) => {
    const best = setting.stops[nearest] ?? 0;
    if (Math.abs(stop - value) < Math.abs(best - value)) nearest = index;
  });
  return nearest;
}

/** What is written in a field: a value, or the sentence that says what it must be. */
export type Checked = { readonly value: number } | { readonly problem: string };

export function check(setting: Setting, written: string): Checked {
  const value = written.trim() === "" ? Number.NaN : Number(written);
  if (Number.isNaN(value)) return { problem: "Write a number." };
  if (value < setting.min || value > setting.max) {
    return { problem: `From ${setting.min} to ${setting.max} ${setting.unit}.` };
  }
  return setting.whole && !Number.isInteger(value) ? { problem: "A whole number." } : { value };
}

/** What differs from the settings that will hold, of what was touched. */
export function changes(
  touched: Readonly<Partial<Record<SettingName, number>>>,
  holds: Settings,
): Partial<Record<SettingName, number>> {
  const changed: Partial<Record<SettingName, number>> = {};
  for (const name of SETTING_NAMES) {
    const value = touched[name];
    if (value !== undefined && value !== holds[name]) changed[name] = value;
  }
  return changed;
}

/** How far a change has come: in some instances it holds already. */
export interface Holding {
  readonly held: number;
  readonly of: number;
  /** The tick that is waited for longest, and where. */
  readonly last: { readonly id: string; readonly atTick: number; readonly left: number } | null;
}

/** @param ticks where each instance stands; one that is gone waits for nothing */
export function holding(atTicks: ReadonlyMap<string, number>, ticks: ReadonlyMap<string, number>): Holding {
  let held = 0;
  let last: Holding["last"] = null;
  for (const [id, atTick] of atTicks) {
    const left = atTick - (ticks.get(id) ?? atTick);
    if (left <= 0) held++;
    else if (last === null || left > last.left) last = { id, atTick, left };
  }
  return { held, of: atTicks.size, last };
}

/** The same for who looks at it. */
export function tellHolding(state: Holding): string {
  if (state.of === 0) return "Holds for further instances; none runs.";
  if (state.last === null) return state.of === 1 ? "Holds now." : `Holds now in all ${state.of} instances.`;
  const from = `Holds from tick ${state.last.atTick.toLocaleString("en")}`;
  return state.of === 1
    ? `${from}.`
    : `${from} at the latest: now in ${state.held} of ${state.of} instances.`;
}
