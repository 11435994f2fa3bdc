import { button, element } from "./dom.ts";

/** Asks before something that cannot be taken back; resolves to whether it is wanted. */
export function confirm(question: string, consequence: string, verb: string): Promise<boolean> {
  return new Promise((resolve) => {
    const no = button("quiet", "Leave it", () => dialog.close());
    const yes = button("danger", verb, () => dialog.close("yes"));
    const heading = element("h2", "", question);
    heading.id = "question";
    const text = element("p", "", consequence);
    text.id = "consequence";
    const dialog = element("dialog", "confirm", heading, text, element("div", "buttons", no, yes));
    dialog.setAttribute("aria-labelledby", heading.id);
    dialog.setAttribute("aria-describedby", text.id);
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
    no.focus(); // so that Enter by habit does nothing
  });
}
