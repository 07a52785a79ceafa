import type { NoticeStateView, NoticeView } from "@ecolocal/core/api";
import { create } from "zustand";
import { usePreferences } from "../preferences/index.ts";
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

/** Whether this program may show desktop notifications, and somebody asked for them; `unsupported` where there are none. */
export function desktopPermission(): NotificationPermission | "unsupported" {
  if (!("Notification" in window)) return "unsupported";
  const wanted = usePreferences.getState().desktopNotices === "on";
  return Notification.permission === "granted" && !wanted ? "default" : Notification.permission;
}

/** Follows the inbox until `signal` is aborted; takes what is due only where it can be shown. */
export async function followNotices(client: EngineClient, signal: AbortSignal): Promise<void> {
  for (let again = true; again; ) {
    const asked = new AbortController();
    // Who asks for notifications takes them from that moment on.
    const stop = usePreferences.subscribe((now, before) => {
      if (now.desktopNotices !== before.desktopNotices) asked.abort();
    });
    await follow(client, AbortSignal.any([signal, asked.signal]));
    stop();
    again = asked.signal.aborted && !signal.aborted;
  }
}

async function follow(client: EngineClient, signal: AbortSignal): Promise<void> {
  const notify = desktopPermission() === "granted";
  try {
    for await (const { due, ...counts } of client.stream("notice.watch", { notify }, { signal })) {
      useNoticeStore.setState(due.length > 0 ? { counts, due } : { counts });
    }
  } catch {
    // Without a workspace there is nothing to follow, and a lost link shows in the connection banner.
  }
}
