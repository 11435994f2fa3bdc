import { expect, test } from "vitest";
import { remaining } from "../src/bulletin.ts";
import { prepareReload, takeSailor } from "../src/reload.ts";
import { shortly } from "../src/title.ts";

function tab(): () => Storage {
  const kept = new Map<string, string>();
  const store = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  };
  return () => store as unknown as Storage;
}

test("an outdated page is loaded anew once, and sails on under its name", () => {
  const store = tab();
  expect(takeSailor(store)).toBeNull();
  expect(prepareReload(store, "Ada", 1_000_000)).toBe(true);
  expect(takeSailor(store)).toBe("Ada");
  expect(takeSailor(store)).toBeNull();
  // Outdated again at once: another reload would find the same.
  expect(prepareReload(store, "Ada", 1_020_000)).toBe(false);
  expect(takeSailor(store)).toBeNull();
  expect(prepareReload(store, "Ada", 1_060_000)).toBe(true);
});

test("a browser that keeps nothing is not reloaded", () => {
  const nothing = (): Storage => {
    throw new Error("access is denied");
  };
  expect(prepareReload(nothing, "Ada", 0)).toBe(false);
  expect(takeSailor(nothing)).toBeNull();
});

test("what is left of a harbour's time", () => {
  expect(remaining(61_001)).toContain("1:02");
  expect(remaining(9_000)).toContain("0:09");
  expect(remaining(-5)).toContain("0:00");
});

test("a harbour is named by the first letters of its instance", () => {
  expect(shortly("k3x9-22")).toBe("k3x9");
  expect(shortly("i")).toBe("i");
});
