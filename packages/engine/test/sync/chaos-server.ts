import { createHash } from "node:crypto";
import { documentFingerprint } from "@ecolocal/core/documents";
import { ok, type Random } from "@ecolocal/core/shared";
import type { BatchEntry } from "@ecolocal/sync/client";
import * as Y from "yjs";
import type { ServerDocuments } from "../../src/sync/server-documents.ts";

/** A server in memory that answers in any order of documents, puts documents off, and can lose its newest past. */
export interface ChaosServer extends ServerDocuments {
  /** Goes back to a state that it had before. */
  restoreOlderBackup(): void;
  documentIds(): string[];
  digest(documentId: string): Uint8Array;
}

interface Stored {
  readonly doc: Y.Doc;
  seq: number;
}

interface Backup {
  readonly state: ReadonlyMap<string, { readonly update: Uint8Array; readonly seq: number }>;
}

export function createChaosServer(random: Random): ChaosServer {
  let documents = new Map<string, Stored>();
  const backups: Backup[] = [];

  const open = (id: string): Stored => {
    const known = documents.get(id) ?? { doc: new Y.Doc(), seq: 0 };
    documents.set(id, known);
    return known;
  };
  const digest = (id: string): Uint8Array =>
    createHash("sha256")
      .update(documentFingerprint(open(id).doc))
      .digest();

  function push({ documentId, bytes }: BatchEntry): Partial<BatchEntry> {
    const stored = open(documentId);
    let changed = false;
    stored.doc.once("update", () => {
      changed = true;
    });
    Y.applyUpdate(stored.doc, bytes);
    if (changed) stored.seq += 1;
    return { status: 200, seq: stored.seq };
  }

  function compare({ documentId, bytes }: BatchEntry): Partial<BatchEntry> {
    const { doc, seq } = open(documentId);
    const same = Buffer.from(digest(documentId)).equals(bytes);
    return same ? { status: 200, seq } : { status: 409, seq, bytes: Y.encodeStateVector(doc) };
  }

  function pull({ documentId, bytes }: BatchEntry): Partial<BatchEntry> {
    const { doc, seq } = open(documentId);
    return { status: 200, seq, bytes: Y.encodeStateAsUpdate(doc, bytes) };
  }

  function keepBackup(): void {
    const state = [...documents].map(
      ([id, { doc, seq }]) => [id, { update: Y.encodeStateAsUpdate(doc), seq }] as const,
    );
    backups.push({ state: new Map(state) });
  }

  const work = { push, pull, compare };
  return {
    async heads() {
      return ok(
        new Map([...documents].filter(([, { seq }]) => seq > 0).map(([id, { seq }]) => [id, { seq, epoch: 0 }])),
      );
    },
    async batch(verb, entries) {
      if (random() < 0.3) keepBackup();
      const answers = entries.map((entry, index): BatchEntry => {
        const putOff = verb === "pull" && index > 0 && random() < 0.2;
        const answer = putOff ? { status: 206 } : work[verb](entry);
        return { documentId: entry.documentId, status: 0, seq: 0, bytes: new Uint8Array(), ...answer };
      });
      return ok(answers);
    },
    restoreOlderBackup() {
      const backup = backups[Math.floor(random() * backups.length)];
      if (backup === undefined) return;
      documents = new Map();
      for (const [id, { update, seq }] of backup.state) {
        const doc = new Y.Doc();
        Y.applyUpdate(doc, update);
        documents.set(id, { doc, seq });
      }
    },
    documentIds: () =>
      [...documents]
        .filter(([, { seq }]) => seq > 0)
        .map(([id]) => id)
        .sort(),
    digest,
  };
}
