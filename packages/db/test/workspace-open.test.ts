import {
  chmodSync,
  closeSync,
  cpSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTempWorkspace, type TempWorkspace } from "../src/testing/index.ts";
import {
  acquireWorkspaceLock,
  createWorkspace,
  databasePath,
  openWorkspace,
  openWorkspaceDb,
  readLockHolder,
  SCHEMA_VERSION,
  settingsRepository,
} from "../src/workspace/index.ts";

let temp: TempWorkspace;
beforeEach(() => {
  temp = createTempWorkspace();
});
afterEach(() => temp.dispose());

const holder = { pid: process.pid, role: "cli", socketPath: null, since: 1 } as const;
const context = () => ({ appVersion: "0.0.0-test", clock: temp.clock });

/** Overwrites bytes of the closed database file. */
function damage(at: number, bytes: Uint8Array): Buffer {
  const file = openSync(databasePath(temp.dir), "r+");
  writeSync(file, bytes, 0, bytes.length, at);
  closeSync(file);
  return readFileSync(databasePath(temp.dir));
}

/** Runs as a user who owns nothing, where the test itself runs as root. */
function asStranger<T>(work: () => T): T {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
  }
}

describe("opening a workspace", () => {
  it("reads back what the workspace was founded with", () => {
    const { db } = temp.open();
    expect(settingsRepository(db).workspaceInfo()).toEqual(temp.info);
    expect(db.mode).toBe("live");
    expect(db.sqlite.pragma("synchronous", { simple: true })).toBe(2);
    expect(db.sqlite.pragma("journal_mode", { simple: true })).toBe("wal");
  });

  it("refuses to found a second workspace in the same folder", () => {
    const before = readFileSync(databasePath(temp.dir));
    const again = createWorkspace(temp.dir, { ...temp.info, name: "Other" }, context());
    expect(again).toMatchObject({ ok: false, error: { code: "WORKSPACE_EXISTS" } });
    expect(readFileSync(databasePath(temp.dir)).equals(before)).toBe(true);
  });

  it("says that a folder holds no workspace", () => {
    rmSync(databasePath(temp.dir));
    expect(openWorkspace(temp.dir, holder, context())).toMatchObject({ error: { code: "WORKSPACE_NOT_FOUND" } });
    expect(openWorkspace(join(temp.dir, "nowhere"), holder, context())).toMatchObject({
      error: { code: "WORKSPACE_NOT_FOUND" },
    });
    expect(acquireWorkspaceLock(temp.dir, holder).ok).toBe(true);
  });

  it("refuses a second opener and says who has the workspace", () => {
    const held = temp.open();
    held.lock?.announce("/run/ecolocal/abc.sock");
    const second = openWorkspace(temp.dir, holder, context());
    expect(second).toMatchObject({
      ok: false,
      error: { code: "WORKSPACE_LOCKED", holder: { pid: process.pid, socketPath: "/run/ecolocal/abc.sock" } },
    });
    held.close();
    expect(readLockHolder(temp.dir)).toBeNull();
    expect(openWorkspace(temp.dir, holder, context()).ok).toBe(true);
  });

  it("does not take the note of a copied folder for its own", () => {
    const held = temp.open();
    held.lock?.announce("/run/ecolocal/abc.sock");
    const copy = join(temp.dir, "..", "copy");
    // Copying through this process drops its lock (README, "Surprises"); the note is what is looked at here.
    cpSync(temp.dir, copy, { recursive: true });
    expect(readLockHolder(temp.dir)?.socketPath).toBe("/run/ecolocal/abc.sock");
    expect(readLockHolder(copy)).toBeNull();
    expect(acquireWorkspaceLock(copy, holder).ok).toBe(true);
  });

  it("knows a folder that was copied while it was open, once, and is not misled by a crash", () => {
    const held = temp.open();
    expect(held.db.copiedWhileOpen).toBe(false);
    const copy = join(temp.dir, "..", "copied-open");
    cpSync(temp.dir, copy, { recursive: true });
    const note = readFileSync(join(temp.dir, "workspace.lock.json"), "utf8");
    held.close();
    // What a process leaves behind that was killed.
    writeFileSync(join(temp.dir, "workspace.lock.json"), note);
    const open = (dir: string) => {
      const opened = openWorkspace(dir, holder, context());
      if (!opened.ok) throw new TypeError(opened.error.detail);
      opened.value.close();
      return opened.value.db.copiedWhileOpen;
    };
    expect([open(temp.dir), open(copy), open(copy)]).toEqual([false, true, false]);
  });

  it("is not kept out by rubbish in the lock file", () => {
    writeFileSync(join(temp.dir, "workspace.lock"), "rubbish ".repeat(200));
    expect(temp.open().db.mode).toBe("live");
    expect(openWorkspace(temp.dir, holder, context())).toMatchObject({ error: { code: "WORKSPACE_LOCKED" } });
  });

  it("opens a workspace of a newer program for reading only and leaves its bytes alone", () => {
    const newer = new Database(databasePath(temp.dir));
    newer.exec("insert into schema_migrations (name, applied_at, app_version) values ('future-001', 0, '9.0.0')");
    newer.pragma(`user_version = ${SCHEMA_VERSION + 1}`);
    newer.close();
    const before = readFileSync(databasePath(temp.dir));
    const opened = openWorkspace(temp.dir, holder, context());
    expect(opened).toMatchObject({
      ok: true,
      value: { db: { mode: "read-only", readOnlyBecause: { code: "WORKSPACE_NEWER" } } },
    });
    if (!opened.ok) return;
    const { db } = opened.value;
    expect(settingsRepository(db).workspaceInfo().name).toBe("Test street");
    const written = db.write("test", temp.dir, () => settingsRepository(db).set("x", 1));
    expect(written).toMatchObject({ ok: false, error: { code: "STORAGE_READ_ONLY" } });
    opened.value.close();
    expect(readFileSync(databasePath(temp.dir)).equals(before)).toBe(true);
  });

  it("refuses a file whose header is damaged, without changing it", () => {
    const before = damage(0, Buffer.from("not a database at all"));
    expect(openWorkspace(temp.dir, holder, context())).toMatchObject({ error: { code: "WORKSPACE_CORRUPT" } });
    expect(readFileSync(databasePath(temp.dir)).equals(before)).toBe(true);
    expect(acquireWorkspaceLock(temp.dir, holder).ok).toBe(true);
  });

  it("opens a workspace with a damaged page for reading only, so that the rest can be saved", () => {
    const { db } = temp.open();
    const settings = settingsRepository(db);
    db.transaction(() => {
      for (let i = 0; i < 300; i++) settings.set(`filler.${i}`, "x".repeat(100));
    });
    const root = db.sqlite.prepare("select rootpage from sqlite_schema where name = 'audit_entries'").pluck().get();
    db.close();
    const before = damage(((root as number) - 1) * 4096, new Uint8Array(4096).fill(0xff));
    const lock = acquireWorkspaceLock(temp.dir, holder);
    if (lock.ok) lock.value.release();
    const opened = openWorkspaceDb(temp.dir, { mode: "read-only" }, context());
    expect(opened).toMatchObject({
      ok: true,
      value: { mode: "read-only", readOnlyBecause: { code: "WORKSPACE_CORRUPT" } },
    });
    if (!opened.ok) return;
    expect(settingsRepository(opened.value).get("filler.7")).toBe("x".repeat(100));
    opened.value.close();
    expect(readFileSync(databasePath(temp.dir)).equals(before)).toBe(true);
  });

  it("says that there is no workspace where the database is missing, and makes none", () => {
    rmSync(databasePath(temp.dir));
    expect(openWorkspace(temp.dir, holder, context())).toMatchObject({ error: { code: "WORKSPACE_NOT_FOUND" } });
    expect(existsSync(databasePath(temp.dir))).toBe(false);
  });

  it("takes a database without a byte for damage, not for a new one", () => {
    writeFileSync(databasePath(temp.dir), "");
    const opened = openWorkspace(temp.dir, holder, context());
    if (opened.ok) {
      expect(opened.value.db.readOnlyBecause).toMatchObject({ code: "WORKSPACE_CORRUPT" });
      opened.value.close();
    } else {
      expect(opened.error.code).toBe("WORKSPACE_CORRUPT");
    }
    expect(readFileSync(databasePath(temp.dir))).toHaveLength(0);
  });

  it("refuses a database of another program", () => {
    const other = new Database(databasePath(temp.dir));
    other.pragma("application_id = 7");
    other.close();
    const opened = openWorkspace(temp.dir, holder, context());
    expect(opened).toMatchObject({ value: { db: { readOnlyBecause: { code: "WORKSPACE_CORRUPT" } } } });
    if (opened.ok) opened.value.close();
  });

  it("reads a workspace in a folder that may not be written", () => {
    rmSync(join(temp.dir, "workspace.lock"), { force: true });
    chmodSync(join(temp.dir, ".."), 0o755);
    chmodSync(databasePath(temp.dir), 0o444);
    chmodSync(temp.dir, 0o555);
    asStranger(() => {
      const opened = openWorkspace(temp.dir, holder, context());
      expect(opened).toMatchObject({
        ok: true,
        value: { lock: null, db: { mode: "read-only", readOnlyBecause: { code: "STORAGE_READ_ONLY" } } },
      });
      if (!opened.ok) return;
      const settings = settingsRepository(opened.value.db);
      expect(settings.workspaceInfo()).toEqual(temp.info);
      const written = opened.value.db.write("test", temp.dir, () => settings.set("x", 1));
      expect(written).toMatchObject({ ok: false, error: { code: "STORAGE_READ_ONLY" } });
      opened.value.close();
    });
    chmodSync(temp.dir, 0o755);
    expect(readdirSync(temp.dir).filter((name) => name !== "workspace.db")).toEqual([]);
  });

  it("tells that a folder for a new workspace may not be written", () => {
    chmodSync(join(temp.dir, ".."), 0o555);
    const created = asStranger(() => createWorkspace(join(temp.dir, "..", "other"), temp.info, context()));
    expect(created).toMatchObject({ error: { code: "STORAGE_READ_ONLY" } });
    expect(existsSync(join(temp.dir, "..", "other"))).toBe(false);
    chmodSync(join(temp.dir, ".."), 0o755);
  });

  it("returns a full disk as a failure and keeps everything that was there", () => {
    const { db } = temp.open();
    const settings = settingsRepository(db);
    db.write("test", temp.dir, () => settings.set("kept", "yes"));
    const pages = db.sqlite.pragma("page_count", { simple: true }) as number;
    db.sqlite.pragma(`max_page_count = ${pages}`);
    const written = db.write("test", temp.dir, () => {
      settings.set("kept", "no");
      settings.set("big", "x".repeat(200_000));
    });
    expect(written).toMatchObject({ ok: false, error: { code: "STORAGE_FULL" } });
    expect(settings.get("kept")).toBe("yes");
    db.sqlite.pragma("max_page_count = 1000000");
    expect(db.write("test", temp.dir, () => settings.set("kept", "no")).ok).toBe(true);
    expect(settings.get("kept")).toBe("no");
  });
});
