import type { Room } from "@orrery/client";
import { glide, type Pose, poseOf } from "./pose.ts";

/** The own ship between the ticks: predicted, so that a key shows in the next frame. */
export interface Own {
  /** Where to show it in a frame; null while nothing is predicted. */
  pose(room: Room, nowMillis: number): Pose | null;
}

export function newOwn(): Own {
  let shown: Pose | null = null;
  let shownAtMillis = 0;

  return {
    pose(room, nowMillis) {
      const glimpse = room.glimpse(nowMillis);
      if (glimpse === null) {
        shown = null;
        return null;
      }
      const aim = poseOf(glimpse.fields, shown?.angle ?? 0);
      const from = shown ?? aim;
      shown = glide(from, aim, nowMillis - shownAtMillis, glimpse.endsInMillis);
      shownAtMillis = nowMillis;
      return shown;
    },
  };
}
