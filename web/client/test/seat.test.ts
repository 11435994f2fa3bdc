import { afterEach, expect, test, vi } from "vitest";
import { requestSeat } from "../src/seat.ts";

const GRANTED = { instance: "i1", namespace: "/arena/i1", url: "", ticket: "t1", expiresAt: 1 };
const SIGNAL = new AbortController().signal;

afterEach(() => {
  vi.unstubAllGlobals();
});

/** The network answers every request so; what was asked is kept. */
function answering(status: number, body: unknown): { url: string; init: RequestInit }[] {
  const asked: { url: string; init: RequestInit }[] = [];
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    asked.push({ url, init });
    return new Response(JSON.stringify(body), { status });
  });
  return asked;
}

test("names game, player and party in the body, and the player's token as a bearer only", async () => {
  const asked = answering(200, GRANTED);
  const request = { url: "http://orrery", game: "arena", name: "Ada", party: "crew", token: "a.b.c" };
  expect(await requestSeat(request, SIGNAL)).toEqual({
    type: "seat",
    address: "http://orrery/arena/i1",
    ticket: "t1",
  });
  expect(asked[0]?.url).toBe("http://orrery/api/v1/join");
  expect(JSON.parse(String(asked[0]?.init.body))).toEqual({ game: "arena", name: "Ada", party: "crew" });
  expect(new Headers(asked[0]?.init.headers).get("authorization")).toBe("Bearer a.b.c");
});

test("a guest shows no token", async () => {
  const asked = answering(200, { ...GRANTED, url: "http://other" });
  const answer = await requestSeat({ url: "http://orrery", game: "arena" }, SIGNAL);
  expect(answer).toMatchObject({ address: "http://other/arena/i1" });
  expect(new Headers(asked[0]?.init.headers).has("authorization")).toBe(false);
});

test("a refusal is the server's own word only in its own form", async () => {
  answering(401, { code: "token-invalid", message: "Who are you?" });
  const request = { url: "http://orrery", game: "arena" };
  expect(await requestSeat(request, SIGNAL)).toEqual({
    type: "refused",
    code: "token-invalid",
    message: "Who are you?",
  });
  answering(502, "<html>");
  expect(await requestSeat(request, SIGNAL)).toMatchObject({ type: "lost" });
});
