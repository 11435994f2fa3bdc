const SVG = "http://www.w3.org/2000/svg";

/** A new HTML element of a class, with its children; text becomes text, never markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className !== "") made.className = className;
  made.append(...children);
  return made;
}

/** A new SVG element with its attributes and children. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | number>>,
  ...children: readonly SVGElement[]
): SVGElementTagNameMap[K] {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

/** A button that does something. */
export function button(className: string, text: string, press: () => void): HTMLButtonElement {
  const made = element("button", className, text);
  made.type = "button";
  made.addEventListener("click", press);
  return made;
}

/** Writes a text only if it is another one, so that nothing is laid out for news that is none. */
export function write(target: Element, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

/** The same for an attribute. */
export function mark(target: Element, name: string, value: string): void {
  if (target.getAttribute(name) !== value) target.setAttribute(name, value);
}

/** One element for each key, made when it is new and taken away when it is gone; in the order of the rows. */
export function keyed<Row, Part extends { readonly root: HTMLElement }>(
  parent: HTMLElement,
  key: (row: Row) => string,
  make: (row: Row) => Part,
  show: (part: Part, row: Row) => void,
): (rows: readonly Row[]) => void {
  const parts = new Map<string, Part>();
  return (rows) => {
    const keys = new Set(rows.map(key));
    for (const [gone, part] of parts) {
      if (!keys.has(gone)) {
        part.root.remove();
        parts.delete(gone);
      }
    }
    rows.forEach((row, index) => {
      const part = parts.get(key(row)) ?? make(row);
      parts.set(key(row), part);
      show(part, row);
      const there = parent.children[index];
      if (there !== part.root) parent.insertBefore(part.root, there ?? null);
    });
  };
}
