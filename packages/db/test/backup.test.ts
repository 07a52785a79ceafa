import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRows, renameTask } from "@ecolocal/core/documents";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkBackup, createBackup, listBackups, pruneBackups, restoreBackup } from "../src/backup/index.ts";
import { dumpTables, openDocuments } from "../src/testing/index.ts";
import { databasePath, openWorkspace, SCHEMA_VERSION, settingsRepository } from "../src/workspace/index.ts";
import { createDocumentWorkspace, type DocumentWorkspace, PROJECTION_TABLES, unwrap } from "./document-fixture.ts";

let space: DocumentWorkspace;
beforeEach(() => {
  space = createDocumentWorkspace();
});
afterEach(() => space.dispose());

const context = () => ({ clock: space.temp.clock, appVersion: "1.2.3", reason: "manual" }) as const;
const opening = () => ({ clock: space.temp.clock, appVersion: "1.2.3" });
const HOLDER = { pid: process.pid, role: "cli", socketPath: null, since: 0 } as const;

describe("a backup", () => {
  it("is verified, listed and says what is in it", async () => {
    space.startProject();
    const made = unwrap(await createBackup(space.held.db, context()));
    expect(readdirSync(made.path).sort()).toEqual(["manifest.json", "workspace.db"]);
    expect(made.manifest).toMatchObject({
      reason: "manual",
      appVersion: "1.2.3",
      schemaVersion: SCHEMA_VERSION,
      workspace: { id: space.temp.info.id, name: "Test street" },
    });
    expect(made.manifest.tables["projects"]).toBe(1);
    expect(unwrap(await checkBackup(made.path))).toEqual(made);
    expect(listBackups(space.temp.dir)).toEqual([made]);
    expect(readdirSync(made.path).sort()).toEqual(["manifest.json", "workspace.db"]);
  });

  it("becomes a new workspace that says the same and writes as a device of its own", async () => {
    const { id, buy } = space.startProject();
    const made = unwrap(await createBackup(space.held.db, context()));
    const before = dumpTables(space.held.db, PROJECTION_TABLES);
    unwrap(space.documents.change(id, (doc) => renameTask(doc, buy, "after the backup")));
    const target = join(space.temp.dir, "..", "restored");
    const restored = unwrap(await restoreBackup(made.path, target, { clock: space.temp.clock, name: "Restored" }));
    expect(restored.workspace).toEqual({ ...space.temp.info, name: "Restored" });
    const opened = unwrap(openWorkspace(target, HOLDER, opening()));
    expect(opened.db.mode).toBe("live");
    expect(dumpTables(opened.db, PROJECTION_TABLES)).toEqual(before);
    const documents = openDocuments(space.temp, opened.db, 7);
    expect(documents.deviceId).not.toBe(space.documents.deviceId);
    unwrap(documents.change(id, (doc) => renameTask(doc, buy, "in the restored one")));
    unwrap(space.documents.applyForeign(id, unwrap(documents.changesSince(id)), "restored"));
    unwrap(documents.applyForeign(id, unwrap(space.documents.changesSince(id)), "original"));
    const names = [documents, space.documents].map(
      (store) => unwrap(store.read(id, projectRows)).tasks.find((task) => task.id === buy)?.name,
    );
    expect(names[0]).toBe(names[1]);
    documents.close();
    opened.close();
  });

  it("never overwrites a workspace", async () => {
    const made = unwrap(await createBackup(space.held.db, context()));
    const other = join(space.temp.dir, "..", "other");
    mkdirSync(other);
    writeFileSync(databasePath(other), "precious");
    const restored = await restoreBackup(made.path, other, { clock: space.temp.clock });
    expect(restored).toMatchObject({ ok: false, error: { code: "WORKSPACE_EXISTS" } });
    expect(readFileSync(databasePath(other), "utf8")).toBe("precious");
    const running = await restoreBackup(made.path, space.temp.dir, { clock: space.temp.clock });
    expect(running).toMatchObject({ ok: false, error: { code: "WORKSPACE_LOCKED" } });
  });

  it("is not trusted when a bit flipped, something is missing, or it is no backup", async () => {
    const made = unwrap(await createBackup(space.held.db, context()));
    const database = join(made.path, "workspace.db");
    const bytes = readFileSync(database);
    bytes[5000] = (bytes[5000] ?? 0) ^ 1;
    writeFileSync(database, bytes);
    const target = join(space.temp.dir, "..", "restored");
    expect(await restoreBackup(made.path, target, { clock: space.temp.clock })).toMatchObject({
      error: { code: "BACKUP_DAMAGED" },
    });
    expect(existsSync(target)).toBe(false);
    rmSync(database);
    expect(await checkBackup(made.path)).toMatchObject({ error: { code: "BACKUP_DAMAGED" } });
    writeFileSync(join(made.path, "manifest.json"), "{}");
    expect(await checkBackup(made.path)).toMatchObject({ error: { code: "BACKUP_DAMAGED" } });
    expect(await checkBackup(join(made.path, "nothing"))).toMatchObject({ error: { code: "BACKUP_NOT_FOUND" } });
    expect(listBackups(space.temp.dir)).toEqual([]);
  });

  it("is thinned out only where it was made by itself", async () => {
    unwrap(await createBackup(space.held.db, context()));
    for (let day = 0; day < 4; day++) {
      space.temp.clock.advance(86_400_000);
      unwrap(await createBackup(space.held.db, { ...context(), reason: "daily" }));
    }
    expect(unwrap(pruneBackups(space.temp.dir, { daily: 2, beforeUpgrade: 1 }))).toHaveLength(2);
    expect(listBackups(space.temp.dir).map((backup) => backup.manifest.reason)).toEqual(["daily", "daily", "manual"]);
  });

  it("fails with a code and leaves nothing behind when it cannot be written", async () => {
    writeFileSync(join(space.temp.dir, "backups"), "a file where the folder should be");
    expect(await createBackup(space.held.db, context())).toMatchObject({
      ok: false,
      error: { code: "STORAGE_FAILED" },
    });
  });
});

describe("upgrading a workspace of an older program", () => {
  /** Takes the workspace back to before documents existed. */
  function makeOld(): void {
    space.documents.close();
    space.held.close();
    const old = new Database(databasePath(space.temp.dir));
    const later = old.prepare("select name from sqlite_schema where type = 'table' and name glob ?").pluck();
    old.pragma("foreign_keys = off");
    for (const pattern of ["document*", "devices", "project*", "task_*"]) {
      for (const name of later.all(pattern)) old.exec(`drop table ${name}`);
    }
    old.exec("delete from schema_migrations where name like 'documents-%' or name like 'projections-%'");
    old.pragma(`user_version = ${SCHEMA_VERSION - 2}`);
    old.close();
  }

  it("takes a verified backup first, keeps the data and adds what is new", async () => {
    settingsRepository(space.held.db).set("kept", true);
    makeOld();
    space.reopen();
    expect(space.held.db.schemaVersion).toBe(SCHEMA_VERSION);
    expect(settingsRepository(space.held.db).get("kept")).toBe(true);
    const [backup] = listBackups(space.temp.dir);
    expect(backup?.manifest).toMatchObject({ reason: "before-upgrade", schemaVersion: SCHEMA_VERSION - 2 });
    expect((await checkBackup(backup?.path ?? "")).ok).toBe(true);
    space.startProject();
    expect(space.count("projects")).toBe(1);
  });

  it("leaves the workspace as it was when the backup cannot be written", () => {
    makeOld();
    writeFileSync(join(space.temp.dir, "backups"), "a file where the folder should be");
    const before = readFileSync(databasePath(space.temp.dir));
    const opened = openWorkspace(space.temp.dir, HOLDER, opening());
    expect(opened).toMatchObject({ ok: false, error: { code: "STORAGE_FAILED" } });
    expect(readFileSync(databasePath(space.temp.dir)).equals(before)).toBe(true);
    rmSync(join(space.temp.dir, "backups"));
    space.reopen();
    expect(space.held.db.mode).toBe("live");
  });
});
