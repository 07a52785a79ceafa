import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { projectRows, renameTask, setTaskStatus } from "@ecolocal/core/documents";
import { err, ok } from "@ecolocal/core/shared";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { projectRepository, rebuildProjections, refreshProjections } from "../src/projections/index.ts";
import { dumpTables, openDocuments } from "../src/testing/index.ts";
import { databasePath, openWorkspace, openWorkspaceDb, settingsRepository } from "../src/workspace/index.ts";
import { createDocumentWorkspace, type DocumentWorkspace, PROJECTION_TABLES, unwrap } from "./document-fixture.ts";

let space: DocumentWorkspace;
beforeEach(() => {
  space = createDocumentWorkspace();
});
afterEach(() => space.dispose());

describe("a document in the workspace", () => {
  it("is there again after a restart, with its rows", () => {
    const { id, projectId, buy, build } = space.startProject();
    unwrap(space.documents.change(id, (doc) => setTaskStatus(doc, buy, "done")));
    space.reopen();
    const project = projectRepository(space.held.db).find(projectId);
    expect(project).toMatchObject({ id: projectId, title: "Build box-fan air cleaners", tasksTotal: 2, tasksDone: 1 });
    const repository = projectRepository(space.held.db);
    expect(repository.tasks(projectId).map((task) => [task.id, task.status, task.dependsOn])).toEqual([
      [buy, "done", []],
      [build, "todo", [buy]],
    ]);
    expect(repository.materials(projectId)).toHaveLength(1);
    expect(repository.budgetLines(projectId)[0]).toMatchObject({ currency: "EUR", cost: { hi: 80 } });
    expect(repository.risks(projectId)[0]?.risk).toBe("Noise");
    expect(unwrap(space.documents.read(id, projectRows)).tasks).toEqual(repository.tasks(projectId));
    expect(repository.count()).toBe(1);
  });

  it("is written under one client id of this device, whatever happens", () => {
    const { id, buy } = space.startProject();
    for (const name of ["a", "b"]) {
      space.reopen();
      unwrap(space.documents.change(id, (doc) => renameTask(doc, buy, name)));
    }
    const writers = unwrap(space.documents.read(id, (doc) => [...Y.snapshot(doc).sv.keys()])).sort((a, b) => a - b);
    const stored = space.held.db.sqlite.prepare("select client_id from document_clients").pluck().all();
    expect(writers).toEqual([2, ...stored]);
  });

  it("takes a new device and a new client id in a copied database", () => {
    const { id, buy } = space.startProject();
    const original = space.documents.deviceId;
    space.documents.close();
    space.held.close();
    const copy = join(space.temp.dir, "copy");
    mkdirSync(copy);
    copyFileSync(databasePath(space.temp.dir), databasePath(copy));
    const opened = unwrap(
      openWorkspace(
        copy,
        { pid: 1, role: "cli", socketPath: null, since: 0 },
        { appVersion: "1", clock: space.temp.clock },
      ),
    );
    const copied = openDocuments(space.temp, opened.db, 5);
    expect(copied.deviceId).not.toBe(original);
    unwrap(copied.change(id, (doc) => renameTask(doc, buy, "in the copy")));
    expect(unwrap(copied.read(id, (doc) => Y.snapshot(doc).sv.size))).toBe(3);
    copied.close();
    opened.close();
    space.held = space.temp.open();
    space.documents = openDocuments(space.temp, space.held.db);
    expect(space.documents.deviceId).toBe(original);
  });

  it("cannot be created twice, read when unknown, or changed inside a foreign transaction", () => {
    const { id } = space.startProject();
    expect(space.documents.create(id, () => 1)).toMatchObject({ error: { code: "DOCUMENT_EXISTS" } });
    expect(space.documents.read("project~x", () => 1)).toMatchObject({ error: { code: "DOCUMENT_NOT_FOUND" } });
    expect(space.documents.change("project~x", () => 1)).toMatchObject({ error: { code: "DOCUMENT_NOT_FOUND" } });
    expect(() => space.held.db.transaction(() => space.documents.change(id, () => 1))).toThrow(/documents\.batch/);
    expect(() => space.documents.create("thread~1", () => 1)).toThrow(/known kind/);
  });

  it("can only be read when a newer program changed its shape", () => {
    const { id } = space.startProject();
    unwrap(space.documents.change(id, (doc) => doc.getMap("meta").set("minWriter", 2)));
    expect(space.documents.change(id, () => 1)).toMatchObject({ error: { code: "DOCUMENT_NEWER" } });
    expect(space.documents.read(id, () => 1).ok).toBe(true);
  });

  it("tells listeners after each commit what to send", () => {
    const seen: string[] = [];
    const replica = new Y.Doc();
    const stop = space.documents.onChange((changes) => {
      for (const change of changes) {
        seen.push(change.origin);
        Y.applyUpdate(replica, change.update);
      }
    });
    const { id, buy } = space.startProject();
    unwrap(space.documents.change(id, (doc) => setTaskStatus(doc, buy, "doing")));
    stop();
    unwrap(space.documents.change(id, (doc) => setTaskStatus(doc, buy, "done")));
    expect(seen).toEqual(["seed", "local", "local"]);
    expect(projectRows(replica).tasks[0]?.status).toBe("doing");
  });
});

describe("all or nothing", () => {
  it("takes a whole batch back when its work fails", () => {
    const { id, projectId, buy } = space.startProject();
    const settings = settingsRepository(space.held.db);
    const result = space.documents.batch("test", id, () => {
      settings.set("touched", true);
      space.documents.change(id, (doc) => setTaskStatus(doc, buy, "done"));
      space.startProject();
      return err({ code: "CHANGED_MY_MIND" });
    });
    expect(result).toMatchObject({ ok: false, error: { code: "CHANGED_MY_MIND" } });
    expect(settings.get("touched")).toBeUndefined();
    expect(unwrap(space.documents.read(id, projectRows)).tasks[0]?.status).toBe("todo");
    expect(space.documents.list()).toEqual([id]);
    expect(projectRepository(space.held.db).task(projectId, buy)?.status).toBe("todo");
    const done = space.documents.batch("test", id, () => {
      settings.set("touched", true);
      return space.documents.change(id, (doc) => setTaskStatus(doc, buy, "done"));
    });
    expect(done.ok).toBe(true);
    expect(projectRepository(space.held.db).task(projectId, buy)?.status).toBe("done");
  });

  it("keeps the rest of a batch when one change in it throws and is survived", () => {
    const { id, buy, build } = space.startProject();
    const result = space.documents.batch("test", id, () => {
      space.documents.change(id, (doc) => renameTask(doc, buy, "kept"));
      try {
        space.documents.change(id, (doc) => {
          renameTask(doc, build, "dropped");
          throw new RangeError("stop");
        });
      } catch {
        // The caller decided to go on.
      }
      space.documents.applyForeign(id, Uint8Array.of(1, 2, 3), "peer");
      return ok(undefined);
    });
    expect(result.ok).toBe(true);
    const names = () => unwrap(space.documents.read(id, projectRows)).tasks.map((task) => task.name);
    expect(names()).toEqual(["kept", "Build day"]);
    space.reopen();
    expect(names()).toEqual(["kept", "Build day"]);
  });

  it("forgets a change whose work threw", () => {
    const { id, buy } = space.startProject();
    const before = unwrap(space.documents.stateVector(id));
    expect(() =>
      space.documents.change(id, (doc) => {
        renameTask(doc, buy, "half");
        throw new RangeError("stop");
      }),
    ).toThrow("stop");
    expect(unwrap(space.documents.stateVector(id))).toEqual(before);
    expect(space.held.db.sqlite.inTransaction).toBe(false);
  });

  it("keeps memory, log and rows equal when the disk is full", () => {
    const { id, projectId, buy } = space.startProject();
    const pages = space.held.db.sqlite.pragma("page_count", { simple: true }) as number;
    space.held.db.sqlite.pragma(`max_page_count = ${pages}`);
    let refused = 0;
    for (let i = 0; i < 40; i++) {
      const result = space.documents.change(id, (doc) => renameTask(doc, buy, `${i}`.padEnd(250, "x")));
      if (!result.ok) {
        refused += 1;
        expect(result.error.code).toBe("STORAGE_FULL");
      }
      const name = unwrap(space.documents.read(id, projectRows)).tasks[0]?.name;
      expect(projectRepository(space.held.db).task(projectId, buy)?.name).toBe(name);
    }
    expect(refused).toBeGreaterThan(0);
    space.held.db.sqlite.pragma("max_page_count = 1000000");
    unwrap(space.documents.change(id, (doc) => renameTask(doc, buy, "room again")));
    const before = dumpTables(space.held.db, PROJECTION_TABLES);
    unwrap(rebuildProjections(space.held.db));
    expect(dumpTables(space.held.db, PROJECTION_TABLES)).toEqual(before);
  });
});

describe("undo in the workspace", () => {
  it("takes back the last change of one window and stores that as a change of its own", () => {
    const { id, projectId, buy } = space.startProject();
    const note = { by: "window-1", label: "Moved ‘Buy fans and filters’ to Done" };
    unwrap(space.documents.change(id, (doc) => setTaskStatus(doc, buy, "done"), note));
    expect(unwrap(space.documents.undo(id, "window-2"))).toBeNull();
    expect(unwrap(space.documents.undo(id, "window-1"))).toBe(note.label);
    expect(projectRepository(space.held.db).task(projectId, buy)?.status).toBe("todo");
    expect(unwrap(space.documents.redo(id, "window-1"))).toBe(note.label);
    space.reopen();
    expect(projectRepository(space.held.db).task(projectId, buy)?.status).toBe("done");
  });
});

describe("projections", () => {
  it("are brought up to date when they are older than the program or the document", () => {
    const { projectId } = space.startProject();
    const before = dumpTables(space.held.db, PROJECTION_TABLES);
    space.held.db.sqlite.exec("delete from projections; delete from project_tasks");
    expect(unwrap(refreshProjections(space.held.db)).documents).toBe(1);
    expect(dumpTables(space.held.db, PROJECTION_TABLES)).toEqual(before);
    space.held.db.sqlite.exec("update projections set schema_version = 0; delete from projects");
    expect(unwrap(refreshProjections(space.held.db)).documents).toBe(1);
    expect(projectRepository(space.held.db).find(projectId)?.title).toBe("Build box-fan air cleaners");
  });

  it("list what cannot be shown and forget the problem when it is mended", () => {
    const { id, projectId, buy } = space.startProject();
    unwrap(space.documents.change(id, (doc) => (doc.getMap("tasks").get(buy) as Y.Map<unknown>).set("status", 7)));
    expect(projectRepository(space.held.db).tasks(projectId)).toHaveLength(1);
    expect(projectRepository(space.held.db).problems()).toMatchObject([
      { documentId: id, group: "tasks", itemId: buy },
    ]);
    unwrap(space.documents.change(id, (doc) => setTaskStatus(doc, buy, "doing")));
    expect(projectRepository(space.held.db).tasks(projectId)).toHaveLength(2);
    expect(projectRepository(space.held.db).problems()).toEqual([]);
  });

  it("are readable in a workspace that is open for reading only", () => {
    const { id, projectId, buy } = space.startProject();
    const mode = { mode: "read-only" } as const;
    const db = unwrap(openWorkspaceDb(space.temp.dir, mode, { clock: space.temp.clock, appVersion: "1" }));
    const reader = openDocuments(space.temp, db);
    expect(reader.deviceId).toBe(space.documents.deviceId);
    expect(unwrap(reader.read(id, projectRows)).tasks).toHaveLength(2);
    const refused = reader.change(id, (doc) => setTaskStatus(doc, buy, "done"));
    expect(refused).toMatchObject({ error: { code: "STORAGE_READ_ONLY" } });
    expect(unwrap(reader.read(id, projectRows)).tasks[0]?.status).toBe("todo");
    expect(projectRepository(db).find(projectId)).not.toBeNull();
    reader.close();
    db.close();
  });
});
