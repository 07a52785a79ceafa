import { type Kysely, sql, type Transaction } from "kysely";
import type { ServerTables } from "./schema.ts";

export interface ServerMigration {
  readonly version: number;
  readonly name: string;
  readonly statements: readonly string[];
}

/**
 * Statements that only expand, within what PostgreSQL 15 understands; `npm run verify:ops` reads them and refuses what
 * would break the version before.
 */
export const SERVER_MIGRATIONS: readonly ServerMigration[] = [
  {
    version: 1,
    name: "documents-and-updates",
    statements: [
      `create table sync_documents (
        workspace_id text not null,
        document_id text not null,
        head_seq bigint not null,
        snapshot bytea,
        snapshot_seq bigint not null default 0,
        epoch integer not null default 0,
        created_at timestamptz not null default now(),
        primary key (workspace_id, document_id)
      )`,
      `create table sync_updates (
        workspace_id text not null,
        document_id text not null,
        seq bigint not null,
        data bytea not null,
        user_id text not null,
        device_id text not null,
        received_at timestamptz not null,
        primary key (workspace_id, document_id, seq)
      )`,
      // Updates are small already, and a compressor in the commit path costs more than it saves.
      "alter table sync_updates alter column data set storage external",
    ],
  },
  {
    version: 2,
    name: "accounts",
    statements: [
      `create table workspaces (
        workspace_id text primary key,
        name text not null,
        created_at timestamptz not null
      )`,
      `create table members (
        workspace_id text not null references workspaces on delete cascade,
        user_id text not null,
        name text not null,
        role text not null check (role in ('guest', 'member', 'coordinator', 'steward')),
        joined_at timestamptz not null,
        primary key (workspace_id, user_id)
      )`,
      `create table devices (
        device_id text primary key,
        workspace_id text not null,
        user_id text not null,
        name text not null,
        public_key text not null,
        added_at timestamptz not null,
        revoked_at timestamptz,
        foreign key (workspace_id, user_id) references members on delete cascade
      )`,
      "create index devices_by_member on devices (workspace_id, user_id)",
      `create table invitations (
        invitation_id text primary key,
        workspace_id text not null references workspaces on delete cascade,
        secret_sha256 text not null unique,
        role text not null check (role in ('guest', 'member', 'coordinator', 'steward')),
        label text not null,
        created_by text not null,
        expires_at timestamptz not null,
        uses_left integer not null check (uses_left >= 0),
        revoked_at timestamptz
      )`,
      `create table document_access (
        workspace_id text not null,
        document_id text not null,
        user_id text not null,
        access text not null check (access in ('write', 'read', 'none')),
        primary key (workspace_id, document_id, user_id),
        foreign key (workspace_id, user_id) references members on delete cascade
      )`,
      `create table audit_log (
        entry_id bigint generated always as identity primary key,
        at timestamptz not null,
        workspace_id text not null,
        user_id text,
        action text not null,
        subject text not null
      )`,
      `create table signing_keys (
        key_id text primary key,
        secret bytea not null,
        created_at timestamptz not null
      )`,
      "create index audit_log_by_workspace on audit_log (workspace_id, entry_id desc)",
    ],
  },
  {
    version: 3,
    name: "segments",
    statements: [
      `create table segment_channels (
        workspace_id text not null,
        channel_id text not null,
        user_id text not null,
        device_id text not null,
        audience text not null check (audience in ('group', 'public')),
        epoch integer not null,
        head_seq bigint not null,
        bytes bigint not null default 0,
        withdrawn_at timestamptz,
        withdrawn_epoch integer not null default 0,
        primary key (workspace_id, channel_id)
      )`,
      // One row per channel and day: a later revision takes the place of an earlier one.
      `create table segments (
        workspace_id text not null,
        channel_id text not null,
        day integer not null,
        epoch integer not null,
        seq bigint not null,
        sha256 text not null,
        bytes integer not null,
        data bytea not null,
        received_at timestamptz not null,
        primary key (workspace_id, channel_id, day)
      )`,
      "create unique index segments_by_hash on segments (workspace_id, sha256)",
      "create index segments_by_number on segments (workspace_id, channel_id, epoch, seq)",
      "alter table segments alter column data set storage external",
      `create table segment_uploads (
        workspace_id text not null,
        user_id text not null,
        sha256 text not null,
        data bytea not null,
        begun_at timestamptz not null,
        primary key (workspace_id, user_id, sha256)
      )`,
    ],
  },
];

/** The schema this version of the program writes. */
export const SERVER_SCHEMA_VERSION = 3;
/**
 * The oldest and newest schema this version of the program works with. One step ahead of its own, because the next
 * release expands the schema while this one still serves: equality would turn off every old node, and any rollback.
 */
export const SERVER_SCHEMA_RANGE = { min: 3, max: SERVER_SCHEMA_VERSION + 1 } as const;

// Any constant: it only has to be the same in every process that migrates.
const MIGRATION_LOCK = 7_231_984;

/**
 * Brings the schema up to date; several processes may try at once, exactly one applies each step.
 *
 * Returns the versions that this call applied.
 */
export async function migrateServerSchema(db: Kysely<ServerTables>): Promise<number[]> {
  return await db.transaction().execute((trx) => migrateWithin(trx, SERVER_SCHEMA_VERSION));
}

/** The same inside a transaction of the caller and only as far as `upTo`; an archive is loaded at its own version. */
export async function migrateWithin(trx: Transaction<ServerTables>, upTo: number): Promise<number[]> {
  // Waiting for a lock would queue every other query behind us: rather fail, and try again.
  await sql`set local lock_timeout = '10s'`.execute(trx);
  await sql`select pg_advisory_xact_lock(${sql.lit(MIGRATION_LOCK)})`.execute(trx);
  await sql`create table if not exists schema_migrations (
    version integer primary key,
    name text not null,
    applied_at timestamptz not null default now()
  )`.execute(trx);
  const known = new Set(
    (await trx.selectFrom("schema_migrations").select("version").execute()).map((row) => row.version),
  );
  const missing = SERVER_MIGRATIONS.filter(({ version }) => version <= upTo && !known.has(version));
  for (const { version, name, statements } of missing) {
    for (const statement of statements) await sql.raw(statement).execute(trx);
    await trx.insertInto("schema_migrations").values({ version, name }).execute();
  }
  return missing.map((migration) => migration.version);
}

/** The newest applied schema version; 0 for an empty database. */
export async function readServerSchemaVersion(db: Kysely<ServerTables>): Promise<number> {
  const exists = await sql<{ found: string | null }>`select to_regclass('schema_migrations')::text as found`.execute(
    db,
  );
  if (exists.rows[0]?.found == null) return 0;
  const newest = await db
    .selectFrom("schema_migrations")
    .select((eb) => eb.fn.max("version").as("version"))
    .executeTakeFirst();
  return Number(newest?.version ?? 0);
}
