/** Where a ship is shown, between the ticks. Pure. */
import type { Fields } from "@orrery/client";

export interface Pose {
  readonly x: number;
  readonly y: number;
  /** Radians, any number of turns: it never jumps where the heading wraps. */
  readonly angle: number;
}

/** A ship that is this far from where it is shown was set elsewhere and does not glide there, px. */
export const JUMP = 300;

/** The pose that {@link fields} of a ship mean, its angle the nearest to {@link from}. */
export function poseOf(fields: Fields, from: number): Pose {
  return {
    x: numeric(fields["x"]),
    y: numeric(fields["y"]),
    angle: nearestTurn(from, numeric(fields["heading"])),
  };
}

/**
 * One frame on the way from what is shown to where the tick in progress will end: evenly over the time that is left. When
 * the aim changes, as with every key pressed, the way bends and nothing jumps.
 */
export function glide(shown: Pose, aim: Pose, elapsedMillis: number, endsInMillis: number): Pose {
  if (Math.hypot(aim.x - shown.x, aim.y - shown.y) > JUMP) return aim;
  const share = elapsedMillis <= 0 ? 0 : elapsedMillis / (elapsedMillis + endsInMillis);
  return {
    x: shown.x + (aim.x - shown.x) * share,
    y: shown.y + (aim.y - shown.y) * share,
    angle: shown.angle + (aim.angle - shown.angle) * share,
  };
}

/** The angle that means `heading` and lies nearest to `from`, so that a ship never spins the long way round. */
export function nearestTurn(from: number, heading: number): number {
  const turn = 2 * Math.PI;
  return heading + turn * Math.round((from - heading) / turn);
}

function numeric(value: Fields[string] | undefined): number {
  return typeof value === "number" ? value : 0;
}
