import { type Answer, scoped, send } from "./api.ts";
import { button, element, write } from "./dom.ts";
import { newRow } from "./form.ts";
import { ALL, type Known, looked, scopeName } from "./known.ts";
import { changes, holding, SETTINGS, type SettingName, type Settings, tellHolding } from "./settings.ts";
import { newestSettings, readAnnounced } from "./views.ts";

export interface TuningPanel {
  readonly root: HTMLElement;
  show(known: Known): void;
}

/** The six settings of all instances or of one. */
export function newTuningPanel(settled: (answer: Answer) => void): TuningPanel {
  const rows = SETTINGS.map((setting) => ({ setting, row: newRow(setting, refresh) }));
  const meant = element("span", "meant");
  const status = element("p", "holding");
  status.setAttribute("role", "status");
  const apply = element("button", "primary", "Apply");
  apply.type = "submit";
  const reset = button("quiet", "Undo", () => {
    for (const { row } of rows) row.reset();
    if (known !== null) show(known);
  });
  const form = element(
    "form",
    "",
    ...rows.map(({ row }) => row.root),
    element("div", "buttons", apply, reset),
  );
  form.noValidate = true;
  let known: Known | null = null;
  /** From which tick on each instance has the newest change; null if none was made here. */
  let taken: ReadonlyMap<string, number> | null = null;
  let sending = false;

  function holds(of: Known): Settings {
    const instance = looked(of);
    return instance === undefined ? of.further : newestSettings(instance);
  }

  function wanted(of: Known): Partial<Record<SettingName, number>> | null {
    const touched: Partial<Record<SettingName, number>> = {};
    for (const { setting, row } of rows) {
      if (!row.touched()) continue;
      const value = row.value();
      if (value === null) return null;
      touched[setting.name] = value;
    }
    return changes(touched, holds(of));
  }

  function refresh(): void {
    const changed = known === null ? null : wanted(known);
    apply.disabled = sending || changed === null || Object.keys(changed).length === 0;
    reset.disabled = !rows.some(({ row }) => row.touched());
  }

  function show(next: Known): void {
    if (known !== null && known.scope !== next.scope) {
      for (const { row } of rows) row.reset();
      taken = null;
      write(status, "");
    }
    known = next;
    write(meant, next.scope === ALL ? "all instances, and further ones" : scopeName(next.scope));
    const now = holds(next);
    for (const { setting, row } of rows) row.show(now[setting.name]);
    if (taken !== null) {
      const ticks = new Map(next.instances.map((instance) => [instance.id, instance.tick]));
      const state = holding(taken, ticks);
      write(status, tellHolding(state));
      status.classList.toggle("done", state.last === null);
    }
    refresh();
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (known === null || apply.disabled) return;
    const scope = known.scope;
    sending = true;
    refresh();
    const answer = await send("PATCH", scoped(scope, "settings"), wanted(known) ?? {});
    sending = false;
    const atTicks = answer.kind === "done" ? readAnnounced(answer.value, scope) : null;
    if (known.scope === scope && atTicks !== null) {
      taken = atTicks;
      for (const { row } of rows) row.reset();
    }
    settled(answer);
    refresh();
  });

  return {
    root: element(
      "section",
      "panel tuning",
      element("h2", "", "Settings "),
      element("p", "for", "for ", meant),
      form,
      status,
    ),
    show,
  };
}
