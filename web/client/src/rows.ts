/**
 * Rows: the fields of an actor or input as ints, each a count of its field's quanta, in the order of its table. A row is
 * what rules step, and what equality means: two rows with the same ints are the same state, bit for bit.
 */
import type { Fields, FieldValue } from "./protocol.ts";

/** One field of a table, as the rules' module describes it. */
export interface Field {
  readonly name: string;
  readonly type: "num" | "int" | "bool" | "enum" | "ref";
  /** Where its ints begin in a row, and how many they are. */
  readonly offset: number;
  readonly length: number;
  /** Bounds of each int, in quanta. */
  readonly min: number;
  readonly max: number;
  readonly quantum: number;
  readonly constants: readonly string[];
  /** Who is told of it. */
  readonly audience: "everyone" | "owner" | "hidden";
}

export interface Table {
  readonly name: string;
  /** Of an actor: the name of the input that steers it. */
  readonly input?: string | undefined;
  /** Of an actor: whether it takes a step of its own. */
  readonly steps?: boolean | undefined;
  readonly rowLength: number;
  readonly fields: readonly Field[];
}

/** The row of {@link fields}; what they do not name is 0. */
export function toRow(table: Table, fields: Fields): Int32Array {
  const row = new Int32Array(table.rowLength);
  for (const field of table.fields) {
    const value = fields[field.name];
    const values = Array.isArray(value) ? (value as readonly FieldValue[]) : [value];
    for (let i = 0; i < field.length; i += 1) row[field.offset + i] = toQuanta(field, values[i]);
  }
  return row;
}

/** The fields of a row, as a server tells them in JSON. */
export function toFields(table: Table, row: Int32Array): Fields {
  const fields: Record<string, FieldValue> = {};
  for (const field of table.fields) {
    const values: FieldValue[] = [];
    for (let i = 0; i < field.length; i += 1) values.push(toValue(field, row[field.offset + i] ?? 0));
    fields[field.name] = field.length === 1 ? (values[0] ?? 0) : values;
  }
  return fields;
}

export function sameRow(a: Int32Array, b: Int32Array): boolean {
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

/** A field in which two rows of a table differ. */
export interface Difference {
  readonly field: string;
  readonly predicted: FieldValue;
  readonly actual: FieldValue;
}

/** Every field in which {@link predicted} is not {@link actual}. */
export function differences(table: Table, predicted: Int32Array, actual: Int32Array): Difference[] {
  const found: Difference[] = [];
  for (const field of table.fields) {
    for (let i = field.offset; i < field.offset + field.length; i += 1) {
      const [a, b] = [predicted[i] ?? 0, actual[i] ?? 0];
      if (a === b) continue;
      found.push({ field: field.name, predicted: toValue(field, a), actual: toValue(field, b) });
      break;
    }
  }
  return found;
}

/** The rule of the server: the nearest count, halves upwards, held within the field's bounds. */
function toQuanta(field: Field, value: FieldValue | undefined): number {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "string") return Math.max(0, field.constants.indexOf(value));
  if (typeof value !== "number") return 0;
  return Math.max(field.min, Math.min(field.max, Math.floor(value / field.quantum + 0.5)));
}

/** What an int of a field stands for. */
export function toValue(field: Field, quanta: number): FieldValue {
  if (field.type === "bool") return quanta !== 0;
  if (field.type === "enum") return field.constants[quanta] ?? "";
  return quanta * field.quantum;
}
