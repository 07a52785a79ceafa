import type { NoticeStateView, NoticeView } from "@ecolocal/core/api";
import { create } from "zustand";
import type { EngineClient } from "./client-context.ts";

type NoticeCounts = Omit<NoticeStateView, "due">;

const useNoticeStore = create<{
  readonly counts: NoticeCounts | undefined;
  /** Due as one desktop notification; replaced by the next. */
  readonly due: readonly NoticeView[];
}>(() => ({ counts: undefined, due: [] }));

/** How many notices are new, and whether it is quiet; undefined until the engine has said so. */
export function useNoticeCounts(): NoticeCounts | undefined {
  return useNoticeStore(({ counts }) => counts);
}

export function useDueNotices(): readonly NoticeView[] {
  return useNoticeStore(({ due }) => due);
}

/** Whether this program may show desktop notifications; `unsupported` where there are none. */
export function desktopPermission(): NotificationPermission | "unsupported" {
  return "Notification" in window ? Notification.permission : "unsupported";
}

/** Follows the inbox until `signal` is aborted; takes what is due only where it can be shown. */
export async function followNotices(client: EngineClient, signal: AbortSignal): Promise<void> {
  const notify = desktopPermission() === "granted";
  try {
    for await (const { due, ...counts } of client.stream("notice.watch", { notify }, { signal })) {
      useNoticeStore.setState(due.length > 0 ? { counts, due } : { counts });
    }
  } catch {
    // Without a workspace there is nothing to follow, and a lost link shows in the connection banner.
  }
}
