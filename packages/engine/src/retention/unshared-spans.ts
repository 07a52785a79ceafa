import type { TimeRange } from "@ecolocal/core/series";
import { DAY_MS, type Ulid } from "@ecolocal/core/shared";
import type { Store } from "../store/index.ts";

/** Days of a shared channel that the server does not have as they are now: retention leaves them alone. */
export function unsharedSpans({ given }: Pick<Store, "given">, channelId: Ulid): TimeRange[] {
  const level = given.find(channelId);
  if (level === null || level.audience === "none") return [];
  return given.waiting(channelId).map(({ day }) => ({ from: day * DAY_MS, to: (day + 1) * DAY_MS }));
}
