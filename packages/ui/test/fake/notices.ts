import type { NoticeView } from "@ecolocal/core/api";
import { fakeId } from "./ids.ts";

const HOUR = 3_600_000;

/** One that goes on and is new, one that is over, and one that was read. */
export function fakeNotices(now: number): NoticeView[] {
  const values = { name: "Bedroom climate", since: now - 3 * HOUR, silentMs: HOUR };
  const notice = (hoursAgo: number, rest: Pick<NoticeView, "kind" | "resolvedAt" | "readAt">): NoticeView => ({
    id: fakeId(`notice-${hoursAgo}`),
    subject: fakeId("bed"),
    values,
    raisedAt: now - hoursAgo * HOUR,
    ...rest,
  });
  return [
    notice(1, { kind: "sensor_late", resolvedAt: null, readAt: null }),
    notice(20, { kind: "sensor_returned", resolvedAt: now - 20 * HOUR, readAt: null }),
    notice(30, { kind: "sensor_disconnected", resolvedAt: now - 20 * HOUR, readAt: now - 19 * HOUR }),
  ];
}
