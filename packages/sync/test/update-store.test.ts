import type { UpdateStore } from "@ecolocal/core/documents/store";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { hostedKind, memoryKind, pgliteKind, postgresKind } from "./stores.ts";

const AUTHOR = { userId: "ada", deviceId: "laptop" };
const AT = Date.UTC(2026, 0, 1);

describe.each([memoryKind(), hostedKind(), pgliteKind(), postgresKind()])("the update log on $name", (kind) => {
  let store: UpdateStore;
  beforeAll(async () => {
    store = await kind.open();
  }, 60_000);
  afterAll(() => kind.dispose(), 60_000);

  const request = (documentId: string, bytes: readonly number[]) => ({
    key: { workspaceId: "w1", documentId },
    update: Uint8Array.from(bytes),
    author: AUTHOR,
    at: AT,
  });
  async function value<T>(answer: Promise<{ ok: true; value: T } | { ok: false; error: unknown }>): Promise<T> {
    const result = await answer;
    if (!result.ok) throw new TypeError(JSON.stringify(result.error));
    return result.value;
  }

  it("opens a document that nobody wrote to as empty", async () => {
    expect(await value(store.load({ workspaceId: "w1", documentId: "nothing" }))).toEqual({
      snapshot: null,
      snapshotSeq: 0,
      updates: [],
      epoch: 0,
    });
  });

  it("numbers the updates of each document 1, 2, 3 … in the order of the batch", async () => {
    const seqs = await value(
      store.append([request("a", [1]), request("b", [2]), request("a", [3]), request("a", [4])]),
    );
    expect(seqs).toEqual([1, 1, 2, 3]);
    const loaded = await value(store.load({ workspaceId: "w1", documentId: "a" }));
    expect(loaded.updates.map((update) => [update.seq, ...update.data])).toEqual([
      [1, 1],
      [2, 3],
      [3, 4],
    ]);
  });

  it("keeps workspaces apart", async () => {
    await value(store.append([{ ...request("a", [9]), key: { workspaceId: "w2", documentId: "a" } }]));
    const other = await value(store.load({ workspaceId: "w2", documentId: "a" }));
    expect(other.updates.map((update) => [...update.data])).toEqual([[9]]);
  });

  it("tells which documents a workspace has and how far each goes", async () => {
    await value(
      store.append(
        ["a", "b", "b"].map((id) => ({ ...request(id, [7]), key: { workspaceId: "w-heads", documentId: id } })),
      ),
    );
    expect(await value(store.heads("w-heads"))).toEqual([
      { documentId: "a", seq: 1, epoch: 0 },
      { documentId: "b", seq: 2, epoch: 0 },
    ]);
    expect(await value(store.heads("w-nobody"))).toEqual([]);
  });

  it("gives the updates after a sequence number", async () => {
    await value(store.append([request("c", [1]), request("c", [2]), request("c", [3])]));
    const news = await value(store.since({ workspaceId: "w1", documentId: "c" }, 1));
    expect(news.map((update) => update.seq)).toEqual([2, 3]);
  });

  it("never skips or repeats a number when many batches are written at once", async () => {
    const batches = Array.from({ length: 20 }, (_, batch) =>
      Array.from({ length: 5 }, (_, item) => request(item % 2 === 0 ? "busy1" : "busy2", [batch, item])),
    );
    await Promise.all(batches.map((batch) => value(store.append(batch))));
    for (const [documentId, count] of [
      ["busy1", 60],
      ["busy2", 40],
    ] as const) {
      const loaded = await value(store.load({ workspaceId: "w1", documentId }));
      expect(loaded.updates.map((update) => update.seq)).toEqual(Array.from({ length: count }, (_, i) => i + 1));
    }
  });

  it("replaces the tail by a snapshot that holds the same document", async () => {
    const doc = new Y.Doc();
    const updates: Uint8Array[] = [];
    doc.on("update", (update: Uint8Array) => updates.push(update));
    for (let i = 0; i < 10; i++) doc.getMap("m").set(`k${i}`, i);
    await value(store.append(updates.map((update) => ({ ...request("d", []), update }))));
    expect(
      await value(store.compact({ workspaceId: "w1", documentId: "d" }, 8, Y.mergeUpdates(updates.slice(0, 8)))),
    ).toBe(true);
    const loaded = await value(store.load({ workspaceId: "w1", documentId: "d" }));
    expect(loaded.snapshotSeq).toBe(8);
    expect(loaded.updates.map((update) => update.seq)).toEqual([9, 10]);
    const copy = new Y.Doc();
    for (const bytes of [loaded.snapshot ?? new Uint8Array(), ...loaded.updates.map((update) => update.data)]) {
      Y.applyUpdate(copy, bytes);
    }
    expect(copy.getMap("m").toJSON()).toEqual(doc.getMap("m").toJSON());
  });

  it("refuses a snapshot that is older than the one it has, or newer than what was written", async () => {
    const key = { workspaceId: "w1", documentId: "d" };
    expect(await value(store.compact(key, 5, Uint8Array.of(0, 0)))).toBe(false);
    expect(await value(store.compact(key, 11, Uint8Array.of(0, 0)))).toBe(false);
  });

  it("says that it can take a write", async () => {
    expect(await value(store.probe())).toBe(true);
  });
});
