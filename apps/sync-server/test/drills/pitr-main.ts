import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import {
  createServerUpdateStore,
  migrateServerSchema,
  openPostgres,
  type ServerTables,
  summariseDatabase,
} from "@ecolocal/db/server";
import { findPostgresBinaries, freePort } from "@ecolocal/db/server/testing";
import { type Kysely, sql } from "kysely";

// Base backup, WAL archive, damage, and back to the moment before; then the same with one WAL file missing, which must fail.

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "ecolocal-pitr-"));
const bin = findPostgresBinaries();
const asServer = process.getuid?.() === 0 ? ["runuser", "-u", "postgres", "--"] : [];
const [data, archive, base] = ["data", "archive", "base"].map((name) => path.join(folder, name)) as [
  string,
  string,
  string,
];

function server(command: string, ...args: string[]): void {
  const [head = "", ...rest] = [...asServer, path.join(bin ?? "", command), ...args];
  execFileSync(head, rest, { stdio: "ignore", timeout: 60_000 });
}

function configure(directory: string, port: number, settings: Readonly<Record<string, string>>): void {
  const lines = Object.entries({
    port: String(port),
    unix_socket_directories: folder,
    listen_addresses: "127.0.0.1",
    ...settings,
  });
  fs.appendFileSync(
    path.join(directory, "postgresql.conf"),
    lines.map(([name, value]) => `${name} = '${value}'\n`).join(""),
  );
}

async function write(db: Kysely<ServerTables>, count: number, from: number): Promise<void> {
  const key = { workspaceId: "main", documentId: "project~1" };
  const author = { userId: "u", deviceId: "d" };
  const batch = Array.from({ length: count }, (_, index) => ({
    key,
    update: Uint8Array.of(0, 0),
    author,
    at: from + index,
  }));
  const stored = await createServerUpdateStore(db).append(batch);
  if (!stored.ok) throw new TypeError(stored.error.detail);
}

/** Restores to `target` into a new folder; gives the seconds it took and what is in it. */
async function restore(name: string, target: string, from: string) {
  const startedAt = performance.now();
  const [restored, port] = [path.join(folder, name), await freePort()];
  execFileSync("cp", ["-a", base, restored]);
  configure(restored, port, {
    archive_mode: "off",
    restore_command: `cp ${from}/%f %p`,
    recovery_target_time: target,
    recovery_target_action: "promote",
  });
  const signal = path.join(restored, "recovery.signal");
  fs.writeFileSync(signal, "");
  // The server opens it for writing, and runs under another user where the drill runs as root.
  const { uid, gid } = fs.statSync(restored);
  fs.chownSync(signal, uid, gid);
  const log = path.join(folder, `${name}.log`);
  try {
    server("pg_ctl", "-D", restored, "-w", "-t", "30", "-l", log, "start");
  } catch (cause) {
    throw new TypeError(fs.readFileSync(log, "utf8").slice(-1500), { cause });
  }
  const { db } = openPostgres(`postgres://ecolocal@127.0.0.1:${port}/postgres`, { applicationName: "drill" });
  try {
    for (let attempt = 0; attempt < 100; attempt++) {
      const recovering = await sql<{ on: boolean }>`select pg_is_in_recovery() as on`.execute(db);
      if (recovering.rows[0]?.on === false) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return { seconds: Math.round(performance.now() - startedAt) / 1000, summary: await summariseDatabase(db) };
  } finally {
    await db.destroy();
    server("pg_ctl", "-D", restored, "-w", "-m", "immediate", "stop");
  }
}

async function drill() {
  fs.chmodSync(folder, 0o777);
  fs.mkdirSync(archive, { mode: 0o777 });
  fs.chmodSync(archive, 0o777);
  server("initdb", "-D", data, "-U", "ecolocal", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
  const port = await freePort();
  configure(data, port, {
    archive_mode: "on",
    archive_command: `test ! -f ${archive}/%f && cp %p ${archive}/%f.part && sync ${archive}/%f.part && mv ${archive}/%f.part ${archive}/%f`,
  });
  server("pg_ctl", "-D", data, "-w", "-l", path.join(folder, "log"), "start");
  const { db } = openPostgres(`postgres://ecolocal@127.0.0.1:${port}/postgres`, { applicationName: "drill" });
  await migrateServerSchema(db);
  await write(db, 2000, 0);
  server(
    "pg_basebackup",
    "-h",
    "127.0.0.1",
    "-p",
    String(port),
    "-U",
    "ecolocal",
    "-D",
    base,
    "-c",
    "fast",
    "-X",
    "none",
  );
  server("pg_verifybackup", "-n", base);
  await write(db, 500, 2000);
  const before = await summariseDatabase(db);
  const moment = await sql<{ at: string }>`select clock_timestamp()::text as at`.execute(db);
  await new Promise((resolve) => setTimeout(resolve, 200));
  await sql`delete from sync_updates`.execute(db);
  const segment = await sql<{ name: string }>`select pg_walfile_name(pg_current_wal_lsn()) as name`.execute(db);
  await sql`select pg_switch_wal()`.execute(db);
  await archived(segment.rows[0]?.name ?? "");
  await db.destroy();
  server("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop");
  const target = moment.rows[0]?.at ?? "";
  const good = await restore("restored", target, archive);
  const same = JSON.stringify(good.summary) === JSON.stringify(before);
  const crippled = path.join(folder, "crippled");
  execFileSync("cp", ["-a", archive, crippled]);
  for (const file of fs.readdirSync(crippled).filter((name) => /^[0-9A-F]{24}$/.test(name))) {
    fs.rmSync(path.join(crippled, file));
  }
  const refused = await restore("without-wal", target, crippled).then(
    (bad) => (JSON.stringify(bad.summary) === JSON.stringify(before) ? null : "other rows"),
    () => "did not start",
  );
  return {
    ok: same && refused !== null,
    rtoSeconds: good.seconds,
    rpoSeconds: 0,
    negativeControl: refused,
    rows: before.sync_updates.rows,
  };
}

async function archived(segment: string): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt++) {
    if (fs.existsSync(path.join(archive, segment))) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new TypeError("The WAL was not archived.");
}

try {
  if (bin === null) throw new TypeError("PostgreSQL is not installed: apt-get install postgresql.");
  const verdict = await drill();
  process.stdout.write(`${JSON.stringify({ drill: "pitr", ...verdict })}\n`);
  process.exitCode = verdict.ok ? 0 : 1;
} finally {
  for (const name of ["data", "restored", "without-wal"]) {
    try {
      server("pg_ctl", "-D", path.join(folder, name), "-w", "-m", "immediate", "stop");
    } catch {
      // It is not running.
    }
  }
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
