import type { DocumentKey, StoredUpdate, UpdateStore } from "@ecolocal/core/documents/store";
import { ok } from "@ecolocal/core/shared";

interface MemoryDocument {
  snapshot: Uint8Array | null;
  snapshotSeq: number;
  headSeq: number;
  updates: StoredUpdate[];
}

/** A store without a disk, for simulations of many peers; it keeps the promises of the port but durability. */
export function createMemoryStore(): UpdateStore {
  const documents = new Map<string, MemoryDocument>();
  const document = (key: DocumentKey): MemoryDocument => {
    const id = `${key.workspaceId}/${key.documentId}`;
    const known = documents.get(id) ?? { snapshot: null, snapshotSeq: 0, headSeq: 0, updates: [] };
    documents.set(id, known);
    return known;
  };
  return {
    async load(key) {
      const { snapshot, snapshotSeq, updates } = document(key);
      return ok({ snapshot, snapshotSeq, updates: [...updates], epoch: 0 });
    },
    async append(batch) {
      return ok(
        batch.map(({ key, update }) => {
          const target = document(key);
          target.headSeq += 1;
          target.updates.push({ seq: target.headSeq, data: update.slice() });
          return target.headSeq;
        }),
      );
    },
    async since(key, seq) {
      return ok(document(key).updates.filter((update) => update.seq > seq));
    },
    async heads(workspaceId) {
      const prefix = `${workspaceId}/`;
      const own = [...documents].filter(([id, { headSeq }]) => id.startsWith(prefix) && headSeq > 0).sort();
      return ok(own.map(([id, { headSeq }]) => ({ documentId: id.slice(prefix.length), seq: headSeq, epoch: 0 })));
    },
    async compact(key, uptoSeq, snapshot) {
      const target = document(key);
      if (uptoSeq <= target.snapshotSeq || uptoSeq > target.headSeq) return ok(false);
      target.snapshot = snapshot.slice();
      target.snapshotSeq = uptoSeq;
      target.updates = target.updates.filter((update) => update.seq > uptoSeq);
      return ok(true);
    },
    probe: async () => ok(true as const),
    close: async () => undefined,
  };
}
