import { ok, type Result } from "@ecolocal/core/shared";
import { type Kysely, sql, type Transaction } from "kysely";
import { migrateServerSchema, migrateWithin, readServerSchemaVersion } from "../migrations.ts";
import type { ServerTables } from "../schema.ts";
import type { ArchiveSummary, ArchiveTable } from "./format.ts";
import { ARCHIVE_TABLE_NAMES, type ArchiveFailure, type ArchiveManifest, archiveFailure } from "./format.ts";
import { readArchive } from "./read-archive.ts";
import { lineToRow } from "./row-json.ts";

export interface RestoreOptions {
  readonly key: Uint8Array | null;
  /** Replaces what is there; otherwise only an empty database is filled. */
  readonly replace: boolean;
  /**
   * `recover` keeps the documents' epochs: members' devices bring back what the archive lacks. `undo` raises them, the mark
   * by which devices can tell that their newer past must not come back.
   */
  readonly mode: "recover" | "undo";
}

const ROWS_PER_INSERT = 200;
/** Rows of up to a megabyte each. */
const SEGMENTS_PER_INSERT = 16;

/**
 * Loads an archive of this or any older version in one transaction: at the archive's own schema, then brought up to date.
 * Anything wrong leaves the database as it was.
 */
export async function restoreArchive(
  db: Kysely<ServerTables>,
  file: string,
  options: RestoreOptions,
): Promise<Result<{ readonly manifest: ArchiveManifest; readonly summary: ArchiveSummary }, ArchiveFailure>> {
  const refused = await reasonToRefuse(db, options);
  if (refused !== null) return archiveFailure("SYNC_RESTORE_REFUSED", file, refused.detail, refused.hint);
  const trx = await db.startTransaction().execute();
  try {
    const epochFloor = await highestEpoch(trx);
    await dropEverything(trx);
    const loaded = await load(trx, file, options.key);
    if (!loaded.ok) {
      await trx.rollback().execute();
      return loaded;
    }
    if (options.mode === "undo") {
      await sql`update sync_documents set epoch = greatest(epoch, ${sql.lit(epochFloor)}) + 1`.execute(trx);
    }
    await trx.commit().execute();
    await migrateServerSchema(db);
    return loaded;
  } catch (cause) {
    await trx
      .rollback()
      .execute()
      .catch(() => undefined);
    return archiveFailure("SYNC_ARCHIVE_DAMAGED", file, cause instanceof Error ? cause.message : String(cause));
  }
}

async function load(trx: Transaction<ServerTables>, file: string, key: Uint8Array | null) {
  let table: ArchiveTable | null = null;
  let waiting: Readonly<Record<string, unknown>>[] = [];
  const flush = async (): Promise<void> => {
    if (table === null || waiting.length === 0) return;
    await insertRows(trx, table, waiting);
    waiting = [];
  };
  const read = await readArchive(file, key, {
    async manifest({ schemaVersion }) {
      await migrateWithin(trx, schemaVersion);
      return ok(true);
    },
    async row(of, line) {
      if (of !== table || waiting.length >= (of === "segments" ? SEGMENTS_PER_INSERT : ROWS_PER_INSERT)) await flush();
      table = of;
      waiting.push(lineToRow(line));
    },
  });
  if (read.ok) await flush();
  return read;
}

async function insertRows(
  trx: Transaction<ServerTables>,
  table: ArchiveTable,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const values = rows.map((row) => sql`(${sql.join(columns.map((column) => sql.val(row[column])))})`);
  await sql`insert into ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))})
    values ${sql.join(values)}`.execute(trx);
}

async function dropEverything(trx: Transaction<ServerTables>): Promise<void> {
  for (const table of ["signing_keys", "segment_uploads", ...[...ARCHIVE_TABLE_NAMES].reverse(), "schema_migrations"]) {
    await sql`drop table if exists ${sql.table(table)} cascade`.execute(trx);
  }
}

async function highestEpoch(trx: Transaction<ServerTables>): Promise<number> {
  if ((await readServerSchemaVersion(trx)) === 0) return 0;
  const found = await sql<{ epoch: number }>`select coalesce(max(epoch), 0) as epoch from sync_documents`.execute(trx);
  return Number(found.rows[0]?.epoch ?? 0);
}

async function reasonToRefuse(
  db: Kysely<ServerTables>,
  options: RestoreOptions,
): Promise<{ readonly detail: string; readonly hint: string } | null> {
  const servers = await sql<{ others: number }>`
    select count(*)::int as others from pg_stat_activity
    where application_name = 'ecolocal-sync' and datname = current_database() and pid <> pg_backend_pid()
  `.execute(db);
  if (Number(servers.rows[0]?.others ?? 0) > 0) {
    return { detail: "a server is running on this database", hint: "Stop all servers first." };
  }
  if (options.replace || (await readServerSchemaVersion(db)) === 0) return null;
  const held = await sql<{ rows: number }>`
    select (select count(*) from sync_documents)::int + (select count(*) from members)::int as rows
  `.execute(db);
  if (Number(held.rows[0]?.rows ?? 0) === 0) return null;
  return { detail: "the database is not empty", hint: "Say --replace to replace what is there." };
}
