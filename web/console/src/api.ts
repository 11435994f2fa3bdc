/** Talks to the management API that this page came from. */

const TIMEOUT_MILLIS = 5_000;

/** What came back: a value, or a sentence. */
export type Answer =
  | { readonly kind: "done"; readonly value: unknown }
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "silent" }
  | { readonly kind: "logged-out" };

export function get(path: string): Promise<Answer> {
  return ask(path, {});
}

export function send(method: "POST" | "PATCH" | "DELETE", path: string, body?: unknown): Promise<Answer> {
  return ask(path, {
    method,
    headers: { "Content-Type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function ask(path: string, init: RequestInit): Promise<Answer> {
  try {
    const response = await fetch(path, { ...init, signal: AbortSignal.timeout(TIMEOUT_MILLIS) });
    if (response.status === 401) return { kind: "logged-out" };
    const value: unknown = await response.json();
    return response.ok ? { kind: "done", value } : { kind: "refused", message: sentence(value) };
  } catch {
    return { kind: "silent" };
  }
}

function sentence(value: unknown): string {
  const message = typeof value === "object" && value !== null && "message" in value ? value.message : null;
  return typeof message === "string" ? message : "The server refused, and did not say why.";
}

/** Path of an instance, or of all of them. */
export function scoped(scope: string, what: string): string {
  return scope === "" ? `/api/v1/${what}` : `/api/v1/instances/${encodeURIComponent(scope)}/${what}`;
}
