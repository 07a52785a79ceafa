import type { ColumnType, Generated } from "kysely";

/** Tables of the sync server, the same on PGlite and PostgreSQL 15 and newer. */
export interface ServerTables {
  sync_documents: SyncDocumentsTable;
  sync_updates: SyncUpdatesTable;
  schema_migrations: SchemaMigrationsTable;
}

interface SyncDocumentsTable {
  workspace_id: string;
  document_id: string;
  /** Sequence number of the newest update; its row lock makes sequence order commit order. */
  head_seq: number;
  snapshot: Uint8Array | null;
  snapshot_seq: Generated<number>;
  epoch: Generated<number>;
  created_at: ColumnType<Date, Date | undefined, never>;
}

interface SyncUpdatesTable {
  workspace_id: string;
  document_id: string;
  seq: number;
  data: Uint8Array;
  user_id: string;
  device_id: string;
  received_at: Date;
}

interface SchemaMigrationsTable {
  version: number;
  name: string;
  applied_at: ColumnType<Date, Date | undefined, never>;
}
