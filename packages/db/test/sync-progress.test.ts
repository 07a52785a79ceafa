import { setProjectStatus } from "@ecolocal/core/documents";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { createSyncProgress, type DocumentStore, type SyncProgress } from "../src/documents/index.ts";
import { createDocumentWorkspace, type DocumentWorkspace } from "./document-fixture.ts";

let space: DocumentWorkspace;
let documents: DocumentStore;
let progress: SyncProgress;
let id: string;

beforeEach(() => {
  space = createDocumentWorkspace();
  id = space.startProject().id;
  documents = space.documents;
  progress = createSyncProgress(space.held.db);
});
afterEach(() => space.dispose());

describe("what waits for the server", () => {
  it("is every own change until it is acknowledged", () => {
    expect(progress.waiting()).toEqual([{ documentId: id, changes: 1 }]);
    documents.change(id, (doc) => setProjectStatus(doc, "active"));
    expect(progress.waiting()).toEqual([{ documentId: id, changes: 2 }]);
    const { uptoSeq, updates } = progress.pending(id);
    const copy = new Y.Doc();
    for (const update of updates ?? []) Y.applyUpdate(copy, update);
    const whole = documents.changesSince(id);
    expect(whole.ok && Y.encodeStateAsUpdate(copy)).toEqual(whole.ok && whole.value);

    progress.acknowledge(id, uptoSeq);
    expect(progress.waiting()).toEqual([]);
    documents.change(id, (doc) => setProjectStatus(doc, "paused"));
    expect(progress.waiting()).toEqual([{ documentId: id, changes: 1 }]);
    expect(progress.pending(id).updates).toHaveLength(1);
  });

  it("is still known after the log was folded into a snapshot", () => {
    documents.compact(id);
    expect(progress.waiting()).toEqual([{ documentId: id, changes: 1 }]);
    const pending = progress.pending(id);
    expect(pending.updates).toBeNull();
    progress.acknowledge(id, pending.uptoSeq);
    expect(progress.waiting()).toEqual([]);
  });

  it("does not count what others changed", () => {
    progress.acknowledge(id, progress.pending(id).uptoSeq);
    const other = new Y.Doc();
    other.getMap("x").set("title", "Theirs");
    documents.applyForeign(id, Y.encodeStateAsUpdate(other), "server");
    expect(progress.waiting()).toEqual([]);
    expect(progress.pending(id).updates).toEqual([]);
  });

  it("waits again when the server has lost it", () => {
    progress.acknowledge(id, progress.pending(id).uptoSeq);
    progress.received(id, 7);
    expect(progress.find(id).serverSeq).toBe(7);
    progress.forget(id);
    expect(progress.waiting()).toEqual([{ documentId: id, changes: 1 }]);
    expect(progress.find(id).serverSeq).toBe(0);
  });

  it("never takes an acknowledgement back, and remembers why the server refuses until it takes changes again", () => {
    progress.acknowledge(id, 5);
    progress.acknowledge(id, 3);
    expect(progress.find(id).acknowledgedSeq).toBe(5);
    progress.refuse(id, "SYNC_ROLE_INSUFFICIENT");
    expect(progress.find(id).refusedCode).toBe("SYNC_ROLE_INSUFFICIENT");
    progress.acknowledge(id, 5);
    expect(progress.find(id).refusedCode).toBeNull();
  });
});
