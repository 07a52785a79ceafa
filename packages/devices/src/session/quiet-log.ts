import { type Clock, type Instant, MINUTE_MS } from "@ecolocal/core/shared";
import type { DeviceLogger } from "./session.ts";

type Fields = Readonly<Record<string, string | number>>;

/** Makes a log function that writes at most one line a minute and says how many were left out. */
export function createQuietLog(clock: Clock, logger: DeviceLogger | undefined): (text: string, fields: Fields) => void {
  let lastAt: Instant = Number.NEGATIVE_INFINITY;
  let leftOut = 0;
  return (text, fields) => {
    const now = clock.now();
    if (Math.abs(now - lastAt) < MINUTE_MS) {
      leftOut += 1;
      return;
    }
    logger?.warn(text, leftOut > 0 ? { ...fields, leftOut } : fields);
    lastAt = now;
    leftOut = 0;
  };
}
