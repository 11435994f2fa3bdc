import { element } from "./dom.ts";

/** The name of a harbour, shown for a moment to those who arrive from another one. */
export interface Title {
  readonly root: HTMLElement;
  /** Shows the name of {@link instance}, unless it is the one that was shown or begun with. */
  show(instance: string): void;
  remove(): void;
}

const SHOWN_MILLIS = 3_000;

export function newTitle(first: string): Title {
  const root = element("p", "title");
  root.setAttribute("role", "status");
  let known = first;
  let timer = 0;

  return {
    root,
    show(instance) {
      if (instance === known) return;
      known = instance;
      clearTimeout(timer);
      // A new element, so that its animation begins anew.
      root.replaceChildren(element("span", "", `Harbour ${shortly(instance)}`));
      timer = window.setTimeout(() => root.replaceChildren(), SHOWN_MILLIS);
    },
    remove: () => clearTimeout(timer),
  };
}

/** Enough of an instance's id to tell it from another by eye. Pure. */
export function shortly(instance: string): string {
  return instance.slice(0, 4);
}
