import { DOCUMENTS_CHANGED } from "../protocol/index.ts";
import type { Room } from "../room/index.ts";

/** Members keep this document open all the time, so its room is where they hear that others have news. */
export const FEED_ROOM = "ws";

/** Typing in one document must not make every member ask with every letter. */
const AT_MOST_EVERY_MS = 300;

/** Tells the members of a workspace, a few times a second at most, that there is something to fetch. */
export interface Announcer {
  announce(workspaceId: string): void;
  stop(): void;
}

export function createAnnouncer(feedRoom: (workspaceId: string) => Room | undefined): Announcer {
  const due = new Map<string, ReturnType<typeof setTimeout>>();
  const tell = (workspaceId: string): void => {
    due.delete(workspaceId);
    const peers = feedRoom(workspaceId)?.peers((peer) => peer.extended) ?? [];
    for (const peer of peers) peer.send(DOCUMENTS_CHANGED);
  };
  return {
    announce(workspaceId) {
      if (due.has(workspaceId) || feedRoom(workspaceId) === undefined) return;
      due.set(
        workspaceId,
        setTimeout(() => tell(workspaceId), AT_MOST_EVERY_MS),
      );
    },
    stop() {
      for (const timer of due.values()) clearTimeout(timer);
      due.clear();
    },
  };
}
