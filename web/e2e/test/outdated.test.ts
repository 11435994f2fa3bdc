import { expect } from "vitest";
import { enter, namesOf } from "../src/arena.ts";
import { PATIENCE, test } from "../src/fixtures.ts";
import { CALM } from "../src/network.ts";

test("a page that plays by other rules than its server loads itself anew, and plays on", async ({
  server,
  open,
  far,
}) => {
  const network = await far(CALM);
  const page = await open({ forgive: /WebSocket/ });
  // What the page shows of its rules when it comes back, as if the server had other ones by then.
  let shown = 0;
  await page.routeWebSocket(/socket\.io/, (socket) => {
    const beyond = socket.connectToServer();
    socket.onMessage((message) => {
      const text = message.toString();
      // CONNECT comes as bytes: it chooses the parser.
      const isReturn = text.startsWith("0/") && text.includes('"session"');
      if (isReturn) shown += 1;
      const other = text.replace(/"hash":"[0-9a-f]{16}"/, '"hash":"0123456789abcdef"');
      beyond.send(isReturn ? Buffer.from(other) : message);
    });
  });
  await enter(page, network.url, "Ada");
  await page.evaluate(() => Object.assign(window, { isOld: true }));

  await network.cut();
  await page.waitForFunction(() => !("isOld" in window) && window.orrery?.room?.status.phase === "playing");
  expect(shown).toBe(1);
  await expect.poll(() => namesOf(page), PATIENCE).toContain("Ada");
  await page.locator(".ship.mine").waitFor({ state: "attached" });
  expect(server.output()).not.toMatch(/ERROR|Exception/);
});
