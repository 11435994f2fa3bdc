import { describe, expect } from "vitest";
import { test } from "../src/fixtures.ts";
import { answer, askForSeat, knock, type Seat } from "../src/knock.ts";

/** The same ticket for another player, under the old signature. */
function renamed({ ticket }: Seat): string {
  const [claims = "", signature] = ticket.split(".");
  const read = JSON.parse(Buffer.from(claims, "base64url").toString()) as Record<string, unknown>;
  const changed = JSON.stringify({ ...read, player: "somebody-else" });
  return `${Buffer.from(changed).toString("base64url")}.${signature}`;
}

/** The same claims under another signature of the right length. */
function resigned({ ticket }: Seat): string {
  const [claims, signature = ""] = ticket.split(".");
  return `${claims}.${[...signature].reverse().join("")}`;
}

describe.each(["polling", "websocket"] as const)("by %s", (transport) => {
  test.for([
    ["changed claims", renamed],
    ["another signature", resigned],
    ["no signature", ({ ticket }: Seat) => ticket.split(".")[0]],
    ["no sense", () => "let me in"],
  ] as const)("a ticket with %s is refused as forged", async ([, forge], { server }) => {
    const seat = await askForSeat(server.url);
    expect(await knock(seat.url + seat.namespace, { ticket: forge(seat) }, transport)).toBe("ticket-forged");
    // It was the forgery that was refused: the ticket it was made from is still good.
    expect(await knock(seat.url + seat.namespace, { ticket: seat.ticket }, transport)).toBe("accepted");
  });

  test.for([
    ["nothing", {}],
    ["an empty ticket", { ticket: "" }],
    ["a ticket that is no text", { ticket: 7 }],
  ] as const)("who brings %s is told that a ticket is missing", async ([, auth], { server }) => {
    const { url, namespace } = await askForSeat(server.url);
    expect(await knock(url + namespace, auth, transport)).toBe("ticket-missing");
  });

  test("a refusal is also a sentence", async ({ server }) => {
    const { url, namespace } = await askForSeat(server.url);
    const { words } = await answer(url + namespace, { ticket: "let me in" }, transport);
    expect(words).toMatch(/^[A-Z][^.]* [^.]*\.$/);
  });

  test("a ticket serves once", async ({ server }) => {
    const { url, namespace, ticket } = await askForSeat(server.url);
    expect(await knock(url + namespace, { ticket }, transport)).toBe("accepted");
    expect(await knock(url + namespace, { ticket }, transport)).toBe("ticket-used");
  });

  test("of two who come with one ticket at once, one is let in", async ({ server }) => {
    const { url, namespace, ticket } = await askForSeat(server.url);
    const answers = await Promise.all([
      knock(url + namespace, { ticket }, transport),
      knock(url + namespace, { ticket }, transport),
    ]);
    expect(answers.sort()).toEqual(["accepted", "ticket-used"]);
  });

  test.for(["/", "/arena/elsewhere", "/custom"])("there is no namespace %s", async (name, { server }) => {
    const { url, ticket } = await askForSeat(server.url);
    expect(await knock(url + name, { ticket }, transport)).toBe("Invalid namespace");
  });

  test("who plays by other rules is refused as outdated, and keeps the ticket", async ({ server }) => {
    const { url, namespace, ticket } = await askForSeat(server.url);
    const { code, words } = await answer(url + namespace, { ticket, hash: "0123456789abcdef" }, transport);
    expect(code).toBe("outdated");
    expect(words).toMatch(/^[A-Z].*\.$/);
    expect(await knock(url + namespace, { ticket }, transport)).toBe("accepted");
  });
});
