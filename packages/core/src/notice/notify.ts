import { zoneOffsetMs } from "../series/index.ts";
import { DAY_MS, type Instant } from "../shared/index.ts";
import type { Notice, NoticeKind } from "./notice.ts";
import { isQuiet, type QuietHours } from "./quiet-hours.ts";

export interface NoticeSettings {
  /** Null while notifications may come at any time. */
  readonly quiet: QuietHours | null;
  /** Kinds that come without a number at the bell and without a desktop notification. */
  readonly muted: readonly NoticeKind[];
}

/** At night nobody needs to know that the disk fills. */
export const DEFAULT_NOTICE_SETTINGS: NoticeSettings = { quiet: { from: "22:00", to: "07:00" }, muted: [] };

/** A computer that says more than this on one day is switched off. */
const PER_DAY = 3;

/**
 * The notices to bundle into one desktop notification now: unread, not yet notified, still going on (or an event).
 *
 * Empty during quiet hours and after the third notification of a local day; what is held back comes later, if it still matters.
 * `notified` are the instants at which notifications were handed out lately.
 */
export function dueNotifications(
  notices: readonly Notice[],
  settings: NoticeSettings,
  at: { readonly now: Instant; readonly timeZone: string },
  notified: readonly Instant[],
): readonly Notice[] {
  if (isQuiet(settings.quiet, at.timeZone, at.now)) return [];
  const day = (instant: Instant): number => Math.floor((instant + zoneOffsetMs(at.timeZone, instant)) / DAY_MS);
  const today = new Set(notified.filter((instant) => day(instant) === day(at.now)));
  if (today.size >= PER_DAY) return [];
  return notices.filter(
    ({ kind, readAt, notifiedAt, raisedAt, resolvedAt }) =>
      readAt === null &&
      notifiedAt === null &&
      !settings.muted.includes(kind) &&
      (resolvedAt === null || resolvedAt === raisedAt) &&
      at.now - raisedAt < DAY_MS,
  );
}
