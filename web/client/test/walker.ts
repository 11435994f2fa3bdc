/** Rules for tests: a walker with inertia, in ints. Its pace is that of its settings, in px per tick. */

import type { Field } from "../src/rows.ts";
import type { Rules } from "../src/rules.ts";
import { SETTINGS } from "./worlds.ts";

/** Of the module, as that of compiled rules: whoever steps with it must have configured it. */
let configured = SETTINGS;

const field = (name: string, offset: number, min: number, max: number, quantum: number): Field => ({
  name,
  type: "num",
  offset,
  length: 1,
  min,
  max,
  quantum,
  constants: [],
  audience: "everyone",
});

export const WALKER: Rules = {
  actor: {
    name: "walker",
    input: "walk",
    rowLength: 2,
    fields: [field("x", 0, -1_000_000, 1_000_000, 0.25), field("vx", 1, -4_096, 4_096, 0.0625)],
  },
  input: {
    name: "walk",
    rowLength: 3,
    fields: [
      field("x", 0, -64, 64, 0.015625),
      field("y", 1, -64, 64, 0.015625),
      field("boost", 2, 0, 255, 1),
    ],
  },
  configure: (settings) => {
    configured = settings;
  },
  step(row, inputs, ticks, history) {
    const pace = Math.ceil((configured.movementSpeed * configured.tickRate) / 100);
    for (let tick = 0; tick < ticks; tick += 1) {
      const speed = (row[1] ?? 0) + ((((inputs[tick * 3] ?? 0) * pace - (row[1] ?? 0)) / 3) | 0);
      row[1] = speed;
      row[0] = (row[0] ?? 0) + (speed >> 1);
      if (history.length > 0) history.set(row, tick * 2);
    }
  },
};
