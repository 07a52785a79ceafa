import type { MemberRole } from "@ecolocal/core/community";
import type { ColumnType, Generated } from "kysely";

/** Tables of the sync server, the same on PGlite and PostgreSQL 15 and newer. */
export interface ServerTables {
  sync_documents: SyncDocumentsTable;
  sync_updates: SyncUpdatesTable;
  schema_migrations: SchemaMigrationsTable;
  workspaces: { workspace_id: string; name: string; created_at: Date };
  members: { workspace_id: string; user_id: string; name: string; role: MemberRole; joined_at: Date };
  devices: DevicesTable;
  invitations: InvitationsTable;
  document_access: { workspace_id: string; document_id: string; user_id: string; access: "write" | "read" | "none" };
  audit_log: AuditLogTable;
  segment_channels: SegmentChannelsTable;
  segments: SegmentsTable;
  segment_uploads: { workspace_id: string; user_id: string; sha256: string; data: Uint8Array; begun_at: Date };
  signing_keys: { key_id: string; secret: Uint8Array; created_at: Date };
}

interface SegmentChannelsTable {
  workspace_id: string;
  channel_id: string;
  user_id: string;
  device_id: string;
  audience: "group" | "public";
  epoch: number;
  /** Number of the newest segment of this epoch. */
  head_seq: number;
  /** Sum over its segments: a quota must not add up thousands of rows. */
  bytes: number;
  withdrawn_at: Date | null;
  withdrawn_epoch: Generated<number>;
}

interface SegmentsTable {
  workspace_id: string;
  channel_id: string;
  /** Days since 1970-01-01, UTC. */
  day: number;
  epoch: number;
  seq: number;
  sha256: string;
  bytes: number;
  data: Uint8Array;
  received_at: Date;
}

interface DevicesTable {
  device_id: string;
  workspace_id: string;
  user_id: string;
  name: string;
  public_key: string;
  added_at: Date;
  revoked_at: Date | null;
}

interface InvitationsTable {
  invitation_id: string;
  workspace_id: string;
  /** SHA-256 of the secret in the link, hex; the secret itself is never kept. */
  secret_sha256: string;
  role: MemberRole;
  label: string;
  created_by: string;
  expires_at: Date;
  uses_left: number;
  revoked_at: Date | null;
}

interface AuditLogTable {
  entry_id: Generated<number>;
  at: Date;
  workspace_id: string;
  user_id: string | null;
  action: string;
  subject: string;
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
