/** Loading the page anew when the server plays by other rules, and playing on under the same name. */

const RELOADED_KEY = "orrery.reloaded";
const SAIL_KEY = "orrery.sail";
/** Who is outdated again so soon would be so after the next reload too. */
const LOOP_MILLIS = 60_000;

/** What a tab keeps; to ask for it throws already in a browser that keeps nothing. */
type Store = () => Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** Whether to reload now; if so, the next page is told to sail as {@link name}. At most once a minute. */
export function prepareReload(store: Store, name: string, nowMillis: number): boolean {
  try {
    const kept = store();
    const last = Number(kept.getItem(RELOADED_KEY) ?? Number.NaN);
    if (nowMillis - last < LOOP_MILLIS) return false;
    kept.setItem(RELOADED_KEY, String(nowMillis));
    kept.setItem(SAIL_KEY, name);
    return true;
  } catch {
    // A browser that keeps nothing could not tell a loop.
    return false;
  }
}

/** The name to sail under at once, if the page before this one was left for that. */
export function takeSailor(store: Store): string | null {
  try {
    const kept = store();
    const name = kept.getItem(SAIL_KEY);
    kept.removeItem(SAIL_KEY);
    return name;
  } catch {
    return null;
  }
}
