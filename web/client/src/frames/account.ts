/** What frames have found, in the words of the account of a prediction. */
import { toValue } from "../rows.ts";
import type { Divergence as Difference } from "../watch.ts";
import type { Kinds } from "./kinds.ts";
import type { Divergence } from "./view.ts";

export function inFields({ list }: Kinds, { tick, kind, field, predicted, actual }: Divergence): Difference {
  const of = list.find(({ table }) => table.name === kind)?.table.fields.find(({ name }) => name === field);
  const value = (quanta: number) => (of === undefined ? quanta : toValue(of, quanta));
  const difference = { field, predicted: value(predicted), actual: value(actual) };
  return { tick, kind, ...difference, differences: [difference] };
}
