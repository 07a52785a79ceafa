import type { NoticeView } from "@ecolocal/core/api";
import { noticeText } from "@ecolocal/messages";
import type { TextTools } from "../../text/index.ts";

/** A notice in one sentence. */
export function noticeSentence(notice: NoticeView, { formatter, formats }: TextTools): string {
  return noticeText(notice, formatter, {
    time: formats.dateTime,
    day: (on) => formats.calendarDay(on, notice.raisedAt),
    bytes: formats.bytes,
  });
}

/** The notices of one local day each, in the order in which they came. */
export function byDay<T extends Pick<NoticeView, "raisedAt">>(
  notices: readonly T[],
  dayOf: (at: number) => string,
): readonly { readonly day: string; readonly notices: readonly T[] }[] {
  return [...Map.groupBy(notices, ({ raisedAt }) => dayOf(raisedAt))].map(([day, list]) => ({ day, notices: list }));
}
