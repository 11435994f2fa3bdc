import type { Settings } from "./settings.ts";
import type { InstanceView, NodeView, PlayerView } from "./views.ts";

/** Id of no instance: what is done then is done to all. */
export const ALL = "";

/** What the page knows of the server, as of its last answer. */
export interface Known {
  readonly node: NodeView;
  readonly instances: readonly InstanceView[];
  /** With which further instances begin. */
  readonly further: Settings;
  /** {@link ALL}, or the instance that is looked at. */
  readonly scope: string;
  /** Of the instance that is looked at; none if it is all of them. */
  readonly players: readonly PlayerView[];
}

/** The instance that is looked at; undefined if it is all of them. */
export function looked(known: Known): InstanceView | undefined {
  return known.instances.find((instance) => instance.id === known.scope);
}

/** Who or what is meant, as a word in a sentence. */
export function scopeName(scope: string): string {
  return scope === ALL ? "all instances" : `instance ${scope}`;
}
