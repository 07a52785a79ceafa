import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Kysely } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { createServerAccountStore } from "../account-store.ts";
import { migrateServerSchema } from "../migrations.ts";
import { openPostgres } from "../open-postgres.ts";
import { openScratchDatabase } from "../open-scratch.ts";
import type { ServerTables } from "../schema.ts";
import { type PostgresCluster, startPostgresCluster } from "../testing/index.ts";
import { createServerUpdateStore } from "../update-store.ts";
import { checkArchive } from "./read-archive.ts";
import { restoreArchive } from "./restore-archive.ts";
import { summariseDatabase, writeArchive } from "./write-archive.ts";

const AT = Date.UTC(2026, 3, 1);
const ABOUT = { appVersion: "0.1.0", at: AT, key: null };
const RECOVER = { key: null, replace: false, mode: "recover" } as const;

async function fill(db: Kysely<ServerTables>, updates: number): Promise<void> {
  await migrateServerSchema(db);
  await createServerAccountStore(db).createWorkspace("main", "Our group", AT);
  const store = createServerUpdateStore(db);
  const doc = new Y.Doc();
  const pending: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => pending.push(update));
  for (let edit = 0; edit < updates; edit++) doc.getMap("edits").set(`e${edit}`, edit);
  const key = { workspaceId: "main", documentId: "project~1" };
  const author = { userId: "u1", deviceId: "d1" };
  await store.append(pending.map((update) => ({ key, update, author, at: AT })));
}

describe.each(["PGlite", "PostgreSQL"])("an archive of a server on %s", (kind) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "ecolocal-archive-"));
  let cluster: PostgresCluster | null = null;
  const databases: Kysely<ServerTables>[] = [];
  const open = async (): Promise<Kysely<ServerTables>> => {
    const db =
      cluster === null
        ? await openScratchDatabase()
        : openPostgres(await cluster.createDatabase(), { applicationName: "test" }).db;
    databases.push(db);
    return db;
  };
  beforeAll(async () => {
    if (kind === "PostgreSQL") cluster = await startPostgresCluster();
  }, 180_000);
  afterAll(async () => {
    for (const db of databases) await db.destroy();
    await cluster?.remove();
    fs.rmSync(folder, { recursive: true, force: true });
  }, 180_000);

  it("brings every row back into an empty database, encrypted or not", async () => {
    const source = await open();
    await fill(source, 1300);
    for (const key of [null, randomBytes(32)]) {
      const file = path.join(folder, `whole-${key === null}.ecoarchive`);
      const written = await writeArchive(source, file, { ...ABOUT, key });
      expect(written.summary.sync_updates.rows).toBe(1300);
      const target = await open();
      const restored = await restoreArchive(target, file, { ...RECOVER, key });
      expect(restored).toMatchObject({ ok: true });
      expect(await summariseDatabase(target)).toEqual(await summariseDatabase(source));
    }
  }, 180_000);

  it("refuses a file in which one byte changed, one that breaks off, and the wrong key", async () => {
    const source = await open();
    await fill(source, 40);
    const key = randomBytes(32);
    const file = path.join(folder, "good");
    await writeArchive(source, file, { ...ABOUT, key });
    expect(await checkArchive(file, key)).toMatchObject({ ok: true });
    const bytes = fs.readFileSync(file);
    const damaged = Buffer.from(bytes);
    damaged[Math.floor(bytes.length / 2)]! ^= 1;
    const cases: [string, Buffer, Uint8Array | null, string][] = [
      ["flipped", damaged, key, "SYNC_ARCHIVE_DAMAGED"],
      ["short", bytes.subarray(0, bytes.length - 30), key, "SYNC_ARCHIVE_DAMAGED"],
      ["other-key", bytes, randomBytes(32), "SYNC_ARCHIVE_DAMAGED"],
      ["no-key", bytes, null, "SYNC_ARCHIVE_NOT_READABLE"],
    ];
    for (const [name, content, withKey, code] of cases) {
      const other = path.join(folder, name);
      fs.writeFileSync(other, content);
      expect(await checkArchive(other, withKey), name).toMatchObject({ ok: false, error: { code } });
    }
    const plain = path.join(folder, "plain");
    await writeArchive(source, plain, ABOUT);
    fs.truncateSync(plain, fs.statSync(plain).size - 20);
    expect(await checkArchive(plain, null)).toMatchObject({ ok: false, error: { code: "SYNC_ARCHIVE_DAMAGED" } });
  }, 180_000);

  it("leaves a database as it was when the archive turns out to be damaged", async () => {
    const source = await open();
    await fill(source, 40);
    const file = path.join(folder, "to-damage");
    await writeArchive(source, file, ABOUT);
    fs.truncateSync(file, fs.statSync(file).size - 20);
    const target = await open();
    await fill(target, 7);
    const before = await summariseDatabase(target);
    const refused = await restoreArchive(target, file, { ...RECOVER, replace: true });
    expect(refused).toMatchObject({ ok: false, error: { code: "SYNC_ARCHIVE_DAMAGED" } });
    expect(await summariseDatabase(target)).toEqual(before);
  }, 180_000);

  it("fills only an empty database unless told to replace, and can undo by raising epochs", async () => {
    const source = await open();
    await fill(source, 5);
    const file = path.join(folder, "undo");
    await writeArchive(source, file, ABOUT);
    await fill(source, 5);
    const refused = await restoreArchive(source, file, RECOVER);
    expect(refused).toMatchObject({ ok: false, error: { code: "SYNC_RESTORE_REFUSED" } });
    expect(await restoreArchive(source, file, { key: null, replace: true, mode: "undo" })).toMatchObject({ ok: true });
    const heads = await createServerUpdateStore(source).heads("main");
    expect(heads).toMatchObject({ ok: true, value: [{ seq: 5, epoch: 1 }] });
  }, 180_000);
});
