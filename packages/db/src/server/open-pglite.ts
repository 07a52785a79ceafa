import fs from "node:fs";
import path from "node:path";
import { err, type Failure, ok, type Result } from "@ecolocal/core/shared";
import { PGlite } from "@electric-sql/pglite";
import { Kysely, PGliteDialect } from "kysely";
import { syncToDisk } from "../sqlite/index.ts";
import { DurableNodeFs, type FsyncCounter, syncTree } from "./durable-nodefs.ts";
import { fromEmptyCluster } from "./empty-cluster.ts";
import { acquireProcessLock, type ProcessLockFailure } from "./process-lock.ts";
import type { ServerTables } from "./schema.ts";

export type OpenPgliteFailure = ProcessLockFailure | Failure<"SYNC_STORE_NOT_DURABLE" | "SYNC_STORE_FAILED">;

export interface EmbeddedDatabase {
  readonly db: Kysely<ServerTables>;
  readonly fsyncs: FsyncCounter;
  /** Writes the log into the tables and shortens it; PGlite never does so by itself. */
  checkpoint(): Promise<void>;
  close(): Promise<void>;
}

export interface OpenPgliteOptions {
  /** How often to checkpoint; WAL otherwise grows without bound. */
  readonly checkpointEveryMs?: number;
}

const CHECKPOINT_EVERY_MS = 5 * 60_000;

// `-F` turns fsync off; everything else PGlite passes stays.
const START_PARAMETERS = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== "-F"),
  ...["fsync=on", "wal_sync_method=fsync", "synchronous_commit=on", "full_page_writes=on"].flatMap((setting) => [
    "-c",
    setting,
  ]),
];

/**
 * Opens the embedded PostgreSQL in `directory`, locked for this process and durable.
 *
 * Refuses with SYNC_STORE_NOT_DURABLE when a commit does not raise the fsync counter: then an acknowledgement would be
 * a lie. Source: measurements of PGlite 0.5.16 (shared facts "sync.md" §1.1–1.2).
 */
export async function openPglite(
  directory: string,
  options: OpenPgliteOptions = {},
): Promise<Result<EmbeddedDatabase, OpenPgliteFailure>> {
  const lock = acquireProcessLock(directory);
  if (!lock.ok) return lock;
  const dataDirectory = path.join(directory, "pg");
  try {
    const fresh = beginFresh(directory, dataDirectory);
    const files = new DurableNodeFs(dataDirectory);
    const pg = await PGlite.create({
      fs: files,
      startParams: START_PARAMETERS,
      ...(fresh ? fromEmptyCluster() : {}),
    });
    if (fresh) endFresh(directory, dataDirectory);
    if (!(await commitsReachTheDisk(pg, files.counter))) {
      await pg.close();
      lock.value.release();
      return err(notDurable(directory));
    }
    return ok(embedded(pg, files.counter, dataDirectory, lock.value.release, options));
  } catch (cause) {
    lock.value.release();
    const detail = cause instanceof Error ? cause.message : String(cause);
    return err({ code: "SYNC_STORE_FAILED", op: "open database", subject: directory, detail, retry: "never" });
  }
}

// Stands beside a cluster that is being made: what a killed start left behind is no database and holds nothing.
const UNFINISHED = "pg.unfinished";

/** Whether a new cluster has to be made. */
function beginFresh(directory: string, dataDirectory: string): boolean {
  const unfinished = path.join(directory, UNFINISHED);
  if (fs.existsSync(unfinished)) fs.rmSync(dataDirectory, { recursive: true, force: true });
  if (fs.existsSync(path.join(dataDirectory, "PG_VERSION"))) return false;
  fs.writeFileSync(unfinished, "");
  syncToDisk(directory);
  return true;
}

function endFresh(directory: string, dataDirectory: string): void {
  syncTree(dataDirectory);
  fs.rmSync(path.join(directory, UNFINISHED));
  syncToDisk(directory);
}

async function commitsReachTheDisk(pg: PGlite, counter: FsyncCounter): Promise<boolean> {
  await pg.exec("create table if not exists durability_probe (at timestamptz not null)");
  const before = counter.calls;
  await pg.exec("delete from durability_probe; insert into durability_probe values (now())");
  return counter.calls > before;
}

function embedded(
  pg: PGlite,
  fsyncs: FsyncCounter,
  dataDirectory: string,
  release: () => void,
  options: OpenPgliteOptions,
): EmbeddedDatabase {
  const db = new Kysely<ServerTables>({ dialect: new PGliteDialect({ pglite: pg }) });
  const checkpoint = async (): Promise<void> => {
    await pg.exec("checkpoint");
    // Emscripten never syncs directories; new log segments must not vanish with the power.
    syncToDisk(path.join(dataDirectory, "pg_wal"));
  };
  const timer = setInterval(
    () => void checkpoint().catch(() => undefined),
    options.checkpointEveryMs ?? CHECKPOINT_EVERY_MS,
  );
  timer.unref();
  return {
    db,
    fsyncs,
    checkpoint,
    async close() {
      clearInterval(timer);
      await checkpoint();
      await db.destroy();
      if (!pg.closed) await pg.close();
      syncTree(dataDirectory);
      release();
    },
  };
}

function notDurable(directory: string): Failure<"SYNC_STORE_NOT_DURABLE"> {
  return {
    code: "SYNC_STORE_NOT_DURABLE",
    op: "open database",
    subject: directory,
    detail: "A commit did not reach the disk.",
    hint: "Use the PGlite version that the lockfile pins, or a PostgreSQL server.",
    retry: "never",
  };
}
