/**
 * Small decoders for JSON that came from outside: each takes any value and returns what it read or why it could not.
 * None of them throws, and none trusts a shape.
 */

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string };

export type Decoder<T> = (input: unknown) => Result<T>;

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const fail = (reason: string): Result<never> => ({ ok: false, reason });

export const string: Decoder<string> = (input) =>
  typeof input === "string" ? ok(input) : fail("is not a string");

export const boolean: Decoder<boolean> = (input) =>
  typeof input === "boolean" ? ok(input) : fail("is not true or false");

export const number: Decoder<number> = (input) =>
  typeof input === "number" && Number.isFinite(input) ? ok(input) : fail("is not a finite number");

/** Ticks, actor ids and counters: exact in a double, never negative. */
export const count: Decoder<number> = (input) =>
  Number.isSafeInteger(input) && (input as number) >= 0
    ? ok(input as number)
    : fail("is not a whole number from 0");

/** A length of time or space that other code divides by. */
export const positive: Decoder<number> = (input) => {
  const read = number(input);
  return !read.ok || read.value > 0 ? read : fail("is not above 0");
};

/** What is absent or null becomes {@link fallback}. */
export function optional<T, F>(decoder: Decoder<T>, fallback: F): Decoder<T | F> {
  return (input) => (input === undefined || input === null ? ok(fallback) : decoder(input));
}

export function array<T>(decoder: Decoder<T>): Decoder<readonly T[]> {
  return (input) => {
    if (!Array.isArray(input)) return fail("is not an array");
    const values: T[] = [];
    for (const [index, element] of input.entries()) {
      const read = decoder(element);
      if (!read.ok) return fail(`[${index}] ${read.reason}`);
      values.push(read.value);
    }
    return ok(values);
  };
}

/** The keys named in {@link shape}; others are left out, so that a newer server can say more. */
export function object<T extends object>(shape: { readonly [K in keyof T]: Decoder<T[K]> }): Decoder<T> {
  return (input) => {
    if (!isRecord(input)) return fail("is not an object");
    const value: Partial<T> = {};
    for (const key of Object.keys(shape) as (keyof T & string)[]) {
      const read = shape[key](Object.hasOwn(input, key) ? input[key] : undefined);
      if (!read.ok) return fail(`${key} ${read.reason}`);
      value[key] = read.value;
    }
    return ok(value as T);
  };
}

export function isRecord(input: unknown): input is Record<string, unknown> {
  return typeof input === "object" && input !== null && !Array.isArray(input);
}

/** The value of {@link result} through {@link use}, or its reason. */
export function map<A, B>(result: Result<A>, use: (value: A) => B): Result<B> {
  return result.ok ? ok(use(result.value)) : result;
}
