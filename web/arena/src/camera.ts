/** Where the camera stands. Pure: sizes in, placement out. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What of the world a screen shows; lengths in world px. */
export interface Shot {
  /** Screen px per world px. */
  readonly scale: number;
  /** World point in the upper left corner of the screen. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Side of the square whose area a screen of any form shows, world px. */
const SEEN = 950;
const MIN_SCALE = 0.66;
const MAX_SCALE = 1.8;
/** How much of the void beyond the map may show, world px: in no corner is the target under what lies over the screen. */
const MARGIN = 200;

/** The shot that follows {@link target}, kept on the map. */
export function frame(screen: Size, map: Size, target: Point): Shot {
  const scale = clamp(Math.sqrt(screen.width * screen.height) / SEEN, MIN_SCALE, MAX_SCALE);
  const width = screen.width / scale;
  const height = screen.height / scale;
  return {
    scale,
    width,
    height,
    left: along(target.x, width, map.width),
    top: along(target.y, height, map.height),
  };
}

/** First world px seen on one axis: the target centred, the map centred where it is smaller than the screen. */
function along(target: number, seen: number, length: number): number {
  if (seen >= length + 2 * MARGIN) return (length - seen) / 2;
  return clamp(target - seen / 2, -MARGIN, length + MARGIN - seen);
}

function clamp(value: number, min: number, max: number): number {
  return Math.max(min, Math.min(max, value));
}
