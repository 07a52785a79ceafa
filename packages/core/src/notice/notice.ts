import type { Instant, Ulid } from "../shared/index.ts";

/** What people are told about without having asked. */
export const NOTICE_KINDS = [
  "sensor_late",
  "sensor_disconnected",
  "sensor_returned",
  "backup_failed",
  "disk_low",
  "data_damaged",
  "idea_new",
  "task_overdue",
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Facts for the sentence of a notice: names, instants (UTC epoch ms), bytes, days `YYYY-MM-DD`. */
export type NoticeValues = Readonly<Record<string, string | number>>;

/** Something that is so now, found by looking. */
export interface NoticeFinding {
  readonly kind: NoticeKind;
  /** Id of the sensor, channel, idea or task; a fixed word where there is only one of its kind. */
  readonly subject: string;
  readonly values: NoticeValues;
}

/** A finding as it was told; it stays in the inbox after it is over. */
export interface Notice extends NoticeFinding {
  readonly id: Ulid;
  readonly raisedAt: Instant;
  /** When it was over; equal to `raisedAt` where there is nothing to wait for, null while it goes on. */
  readonly resolvedAt: Instant | null;
  readonly readAt: Instant | null;
  /** When a desktop notification was handed out for it. */
  readonly notifiedAt: Instant | null;
}

/** Tells what is new and what is over. An open notice is never raised again; one whose kind was not looked at stays open. */
export function compareFindings(
  open: readonly Notice[],
  found: readonly NoticeFinding[],
  lookedAt: (notice: Notice) => boolean,
): { readonly raise: readonly NoticeFinding[]; readonly resolve: readonly Notice[] } {
  const key = ({ kind, subject }: NoticeFinding): string => `${kind} ${subject}`;
  const now = new Set(found.map(key));
  const before = new Set(open.map(key));
  return {
    raise: found.filter((finding) => !before.has(key(finding))),
    resolve: open.filter((notice) => lookedAt(notice) && !now.has(key(notice))),
  };
}
