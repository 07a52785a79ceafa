import { projectDocumentId, projectRows, renameTask } from "@ecolocal/core/documents";
import { ok } from "@ecolocal/core/shared";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { listQuarantine } from "../src/documents/index.ts";
import { projectRepository, rebuildProjections, refreshProjections } from "../src/projections/index.ts";
import { dumpTables } from "../src/testing/index.ts";
import { createDocumentWorkspace, type DocumentWorkspace, PROJECTION_TABLES, unwrap } from "./document-fixture.ts";

let space: DocumentWorkspace;
beforeEach(() => {
  space = createDocumentWorkspace();
});
afterEach(() => space.dispose());

describe("changes from elsewhere", () => {
  it("are merged, projected, and recognised when they come again", () => {
    const { id, projectId, buy } = space.startProject();
    const other = new Y.Doc();
    Y.applyUpdate(other, unwrap(space.documents.changesSince(id)));
    renameTask(other, buy, "Borrow fans");
    const update = Y.encodeStateAsUpdate(other);
    expect(unwrap(space.documents.applyForeign(id, update, "peer"))).toEqual({ changed: true, waiting: false });
    expect(projectRepository(space.held.db).task(projectId, buy)?.name).toBe("Borrow fans");
    const rows = space.count("document_updates");
    expect(unwrap(space.documents.applyForeign(id, update, "peer"))).toEqual({ changed: false, waiting: false });
    expect(space.count("document_updates")).toBe(rows);
  });

  it("wait when they arrive too early, also across a restart", () => {
    const { id, projectId, buy } = space.startProject();
    const other = new Y.Doc();
    Y.applyUpdate(other, unwrap(space.documents.changesSince(id)));
    const updates: Uint8Array[] = [];
    other.on("update", (update: Uint8Array) => updates.push(update));
    renameTask(other, buy, "first");
    renameTask(other, buy, "second");
    expect(unwrap(space.documents.applyForeign(id, updates[1]!, "peer"))).toEqual({ changed: true, waiting: true });
    space.reopen();
    unwrap(space.documents.compact(id));
    space.reopen();
    expect(unwrap(space.documents.applyForeign(id, updates[0]!, "peer"))).toEqual({ changed: true, waiting: false });
    expect(projectRepository(space.held.db).task(projectId, buy)?.name).toBe("second");
  });

  it("begin a document that was unknown here", () => {
    const { id } = space.startProject();
    const whole = unwrap(space.documents.changesSince(id));
    const twin = projectDocumentId(space.temp.ids.next());
    expect(unwrap(space.documents.applyForeign(twin, whole, "peer")).changed).toBe(true);
    expect(projectRepository(space.held.db).list()).toHaveLength(2);
    expect(space.documents.applyForeign("thread~t1~2026-q1", whole, "peer").ok).toBe(true);
    expect(space.documents.applyForeign("../etc", whole, "peer")).toMatchObject({
      error: { code: "DOCUMENT_UPDATE_INVALID" },
    });
  });

  it("make this device write under a new id when somebody else uses its own", () => {
    const { id, projectId, buy } = space.startProject();
    const [mine] = space.held.db.sqlite.prepare("select client_id from document_clients").pluck().all() as number[];
    const thief = new Y.Doc();
    Y.applyUpdate(thief, unwrap(space.documents.changesSince(id)));
    thief.clientID = mine ?? 0;
    renameTask(thief, buy, "written by a copy");
    unwrap(space.documents.applyForeign(id, Y.encodeStateAsUpdate(thief), "copy"));
    unwrap(space.documents.change(id, (doc) => renameTask(doc, buy, "written here")));
    const [now] = space.held.db.sqlite.prepare("select client_id from document_clients").pluck().all() as number[];
    expect(now).not.toBe(mine);
    Y.applyUpdate(thief, unwrap(space.documents.changesSince(id)));
    expect(projectRows(thief).tasks[0]?.name).toBe("written here");
    expect(projectRepository(space.held.db).task(projectId, buy)?.name).toBe("written here");
  });

  it("leave the document as it was when they are broken, and go to quarantine", () => {
    const { id, buy } = space.startProject();
    const other = new Y.Doc();
    Y.applyUpdate(other, unwrap(space.documents.changesSince(id)));
    other.transact(() => {
      renameTask(other, buy, "from a peer");
      other.getText("t").insert(0, "hello", { bold: true });
      other.getArray("l").push([1, { a: [true, null, "é"] }]);
    });
    const valid = Y.encodeStateAsUpdate(other);
    let refused = 0;
    const edits = fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(edits, (changes) => {
        const bytes = Uint8Array.from(valid);
        for (const [at, value] of changes) bytes[at] = value;
        const before = unwrap(space.documents.stateVector(id));
        const result = space.documents.applyForeign(id, bytes, "peer");
        if (!result.ok) {
          refused += 1;
          expect(unwrap(space.documents.stateVector(id))).toEqual(before);
        }
        const live = unwrap(space.documents.read(id, (doc) => Y.snapshot(doc)));
        space.documents.close();
        expect(Y.equalSnapshots(unwrap(space.documents.read(id, (doc) => Y.snapshot(doc))), live)).toBe(true);
      }),
      { numRuns: 300 },
    );
    expect(refused).toBeGreaterThan(100);
    expect(listQuarantine(space.held.db).length).toBeLessThanOrEqual(100);
    expect(listQuarantine(space.held.db)[0]).toMatchObject({ documentId: id, sender: "peer" });
    const before = dumpTables(space.held.db, PROJECTION_TABLES);
    unwrap(rebuildProjections(space.held.db));
    expect(dumpTables(space.held.db, PROJECTION_TABLES)).toEqual(before);
  });

  it("are refused when they continue the constant beginning of the document", () => {
    const { id } = space.startProject();
    const forger = new Y.Doc();
    Y.applyUpdate(forger, unwrap(space.documents.changesSince(id)));
    forger.clientID = 2;
    forger.getMap("meta").set("minReader", 99);
    const refused = space.documents.applyForeign(id, Y.encodeStateAsUpdate(forger), "peer");
    expect(refused).toMatchObject({ error: { code: "DOCUMENT_UPDATE_INVALID" } });
    expect(space.documents.read(id, projectRows).ok).toBe(true);
  });

  it("are refused when thousands of them build on something that never comes", () => {
    const { id } = space.startProject();
    const other = new Y.Doc();
    const updates: Uint8Array[] = [];
    other.on("update", (update: Uint8Array) => updates.push(update));
    for (let i = 0; i < 40; i++) other.getMap("tasks").set(`k${i}`, "x".repeat(3000));
    const results = updates.slice(1).map((update) => space.documents.applyForeign(id, update, "peer"));
    expect(results.some((result) => !result.ok && result.error.code === "DOCUMENT_UPDATE_INVALID")).toBe(true);
    const waiting = unwrap(space.documents.read(id, (doc) => doc.store.pendingStructs?.update.length ?? 0));
    expect(waiting).toBeLessThanOrEqual(64 * 1024);
  });
});

describe("compaction", () => {
  it("replaces the log by a snapshot that says the same, and goes on from there", () => {
    const { id, projectId, buy } = space.startProject();
    for (let i = 0; i < 30; i++) unwrap(space.documents.change(id, (doc) => renameTask(doc, buy, `name ${i}`)));
    const before = unwrap(space.documents.read(id, (doc) => Y.encodeStateAsUpdate(doc)));
    const last = space.held.db.sqlite.prepare("select max(seq) from document_updates").pluck().get() as number;
    expect(unwrap(space.documents.compact(id))).toMatchObject({ documentId: id, upToSeq: last });
    expect(space.count("document_updates")).toBe(0);
    expect(unwrap(refreshProjections(space.held.db)).documents).toBe(0);
    space.reopen();
    expect(unwrap(space.documents.read(id, (doc) => Y.encodeStateAsUpdate(doc)))).toEqual(before);
    unwrap(space.documents.change(id, (doc) => renameTask(doc, buy, "after")));
    expect(space.held.db.sqlite.prepare("select min(seq) from document_updates").pluck().get()).toBe(last + 1);
    space.reopen();
    expect(projectRepository(space.held.db).task(projectId, buy)?.name).toBe("after");
    expect(space.documents.compact("project~x")).toMatchObject({ error: { code: "DOCUMENT_NOT_FOUND" } });
  });

  it("happens by itself for documents that have grown", () => {
    const { id, buy } = space.startProject();
    expect(space.documents.compactGrown()).toEqual([]);
    const grown = space.documents.batch("test", id, () => {
      for (let i = 0; i < 501; i++) space.documents.change(id, (doc) => renameTask(doc, buy, `name ${i}`));
      return ok(undefined);
    });
    expect(grown.ok).toBe(true);
    expect(space.documents.compactGrown()).toMatchObject([{ ok: true, value: { documentId: id } }]);
    expect(space.count("document_updates")).toBe(0);
  });

  it("notices a snapshot with a flipped bit", () => {
    const { id } = space.startProject();
    unwrap(space.documents.compact(id));
    space.documents.close();
    space.held.db.sqlite.exec("update document_snapshots set data = cast(data || x'00' as blob)");
    expect(space.documents.read(id, projectRows)).toMatchObject({ error: { code: "DOCUMENT_DAMAGED" } });
  });
});
