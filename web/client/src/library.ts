/** The modules of shared rules that were loaded, so that who comes back does not wait for them again. */

export type RulesModule = Readonly<Record<string, unknown>>;

export interface Library {
  /** Hands out the module of a path, at once if it is here, else when it comes; null if it cannot be had. */
  lend(path: string, use: (module: RulesModule | null) => void): void;
}

/** @param load loads an ES module from a path of the server; null to do without all rules */
export function newLibrary(load: ((path: string) => Promise<RulesModule>) | null): Library {
  const known = new Map<string, RulesModule>();
  return {
    lend(path, use) {
      const module = known.get(path);
      if (module !== undefined || load === null) {
        use(module ?? null);
        return;
      }
      load(path).then(
        (loaded) => {
          known.set(path, loaded);
          use(loaded);
        },
        () => use(null),
      );
    },
  };
}
