import type { PersonHere } from "@ecolocal/core/api";
import type { DocumentChange } from "@ecolocal/db/documents";
import * as z from "zod";
import { type LiveContext, LiveDocument } from "./live-document.ts";

/** Which documents are exchanged live, and who has them open. */
export interface LiveDocuments {
  /** Keeps a document live until the returned function is called. */
  open(documentId: string): () => void;
  carries(documentId: string): boolean;
  changed(changes: readonly DocumentChange[]): void;
  /** Everyone who is connected: members that have any document open. */
  people(documentId?: string): PersonHere[];
  close(): void;
}

// What others say about themselves is checked like everything else that comes over the network.
const stateSchema = z.object({
  user: z.object({ id: z.string().max(64), name: z.string().max(120), device: z.string().max(64) }),
  deviceName: z.string().max(120).catch(""),
});

export interface Me {
  readonly userId: string;
  readonly userName: string;
  readonly deviceId: string;
  readonly deviceName: string;
}

export function createLiveDocuments(me: Me, context: Omit<LiveContext, "presence">): LiveDocuments {
  const opened = new Map<string, { readonly live: LiveDocument; users: number }>();
  const presence = {
    user: { id: me.userId, name: me.userName, device: me.deviceId },
    deviceName: me.deviceName,
  };
  return {
    open(documentId) {
      const known = opened.get(documentId);
      const entry = known ?? { live: new LiveDocument(documentId, { ...context, presence }), users: 0 };
      entry.users += 1;
      if (known === undefined) {
        opened.set(documentId, entry);
        entry.live.start();
      }
      let isOpen = true;
      return () => {
        if (!isOpen) return;
        isOpen = false;
        entry.users -= 1;
        if (entry.users > 0) return;
        opened.delete(documentId);
        entry.live.stop();
        context.onChange();
      };
    },
    carries: (documentId) => opened.get(documentId)?.live.carries ?? false,
    changed(changes) {
      for (const change of changes) opened.get(change.documentId)?.live.changed(change);
    },
    people(documentId) {
      const byDevice = new Map<string, PersonHere>();
      for (const [id, { live }] of opened) {
        if (documentId !== undefined && id !== documentId) continue;
        for (const { state } of live.people()) addPerson(byDevice, id, state, me.deviceId);
      }
      return [...byDevice.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    close() {
      for (const { live } of opened.values()) live.stop();
      opened.clear();
    },
  };
}

function addPerson(byDevice: Map<string, PersonHere>, documentId: string, state: unknown, ownDevice: string): void {
  const parsed = stateSchema.safeParse(state);
  if (!parsed.success) return;
  const { user, deviceName } = parsed.data;
  const known = byDevice.get(user.device);
  byDevice.set(user.device, {
    userId: user.id,
    name: user.name,
    deviceName,
    documentIds: [...new Set([...(known?.documentIds ?? []), documentId])],
    isMe: user.device === ownDevice,
  });
}
