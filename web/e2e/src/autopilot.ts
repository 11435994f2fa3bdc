/** Sails the ship of a tab along a course. What runs in the page stands in the functions given to `evaluate`. */
import type { Page } from "playwright-core";

export interface Point {
  readonly x: number;
  readonly y: number;
}

declare global {
  interface Window {
    /** Put there by {@link sail}: ends it. */
    heaveTo?: () => void;
  }
}

/** Rows of the harbour, from side to side, in which there is neither rock nor wall. */
const ROWS = [440, 1570] as const;
/** A column between the rows that has none, and the stretch of the harbour from which one has to go round by it. */
const COLUMN = 1305;
const WALLED = { left: 700, right: COLUMN, top: 540, bottom: 1460 };
/** Far enough from the sides to turn round there. */
const MARGIN = 150;

/** Full throttle from this distance on, and where a point counts as reached; px. */
const FAR = 120;
const NEAR = 30;

/** The ways from a place to the nearer row. */
function toRow({ x, y }: Point): Point[] {
  const row = y < 1000 ? ROWS[0] : ROWS[1];
  const walled = x > WALLED.left && x < WALLED.right && y > WALLED.top && y < WALLED.bottom;
  const column = walled ? COLUMN : x;
  return [...(walled ? [{ x: column, y }] : []), { x: column, y: row }];
}

/** Along a row without obstacles, to and fro until {@link heaveTo}: at top speed for seconds at a time. */
export async function patrol(page: Page): Promise<void> {
  const [side, ways] = await page.evaluate(() => {
    const { room } = window.orrery;
    return [room?.map.width ?? 0, { x: Number(room?.me?.fields["x"]), y: Number(room?.me?.fields["y"]) }];
  });
  const course = toRow(ways);
  const row = course.at(-1)?.y ?? 0;
  await sail(page, [...course, { x: MARGIN, y: row }, { x: side - MARGIN, y: row }], 2);
}

/**
 * Up to a gate until the ship is close in front of it, and under way; resolves to the key that takes it in. Which gate it is
 * depends on where the ship is.
 */
export async function approachGate(page: Page): Promise<"ArrowUp" | "ArrowDown"> {
  const [from, gates] = await page.evaluate(() => {
    const { room } = window.orrery;
    const at = { x: Number(room?.me?.fields["x"]), y: Number(room?.me?.fields["y"]) };
    return [at, (room?.map.gates ?? []).map(({ x, y }) => ({ x, y }))];
  });
  const course = toRow(from);
  const row = course.at(-1)?.y ?? 0;
  const gate = gates.find(({ y }) => y < 1000 === row < 1000);
  if (gate === undefined) throw new Error("There is no gate on this side of the harbour.");
  const up = gate.y < row;
  const before = { x: gate.x, y: gate.y + (up ? 1 : -1) * 160 };
  await sail(page, [...course, { x: gate.x, y: row }, before]);
  await page.waitForFunction(() => window.heaveTo === undefined, null, { polling: 50, timeout: 60_000 });
  return up ? "ArrowUp" : "ArrowDown";
}

export function heaveTo(page: Page): Promise<void> {
  return page.evaluate(() => window.heaveTo?.());
}

/**
 * Steers for one point after the other with every word of the server.
 *
 * @param loop how many of the last points are sailed to again and again; with 0 the ship is let go at the last one
 */
function sail(page: Page, course: readonly Point[], loop = 0): Promise<void> {
  return page.evaluate(
    ({ course, loop, far, near }) => {
      const { room } = window.orrery;
      if (room === null) throw new Error("The page is in no room.");
      let next = 0;
      const follow = (): void => {
        const { x, y } = room.me?.fields ?? {};
        let goal = course[next];
        if (goal !== undefined && Math.hypot(goal.x - Number(x), goal.y - Number(y)) < near) {
          next = next + 1 === course.length && loop > 0 ? course.length - loop : next + 1;
          goal = course[next];
        }
        if (goal === undefined) {
          window.heaveTo?.();
          return;
        }
        const [towardsX, towardsY] = [(goal.x - Number(x)) / far, (goal.y - Number(y)) / far];
        const excess = Math.max(1, Math.hypot(towardsX, towardsY));
        room.steer(towardsX / excess, towardsY / excess);
      };
      const stop = room.onFrame(follow);
      window.heaveTo = () => {
        stop();
        room.steer(0, 0);
        delete window.heaveTo;
      };
      follow();
    },
    { course, loop, far: FAR, near: NEAR },
  );
}
