import type { Migration } from "../sqlite/index.ts";

/** Tables of a group that is hosted on a member's computer: the same as the server's, on SQLite. */
export const hostingMigrations: readonly Migration[] = [
  {
    name: "hosting-001-group",
    up(db) {
      db.exec(`
        create table sync_documents (
          workspace_id text not null,
          document_id text not null,
          head_seq integer not null,
          snapshot blob,
          snapshot_seq integer not null default 0,
          epoch integer not null default 0,
          primary key (workspace_id, document_id)
        ) strict, without rowid;

        create table sync_updates (
          workspace_id text not null,
          document_id text not null,
          seq integer not null,
          data blob not null,
          user_id text not null,
          device_id text not null,
          received_at integer not null,
          primary key (workspace_id, document_id, seq)
        ) strict;

        create table workspaces (
          workspace_id text primary key,
          name text not null,
          created_at integer not null
        ) strict, without rowid;

        create table members (
          workspace_id text not null references workspaces (workspace_id) on delete cascade,
          user_id text not null,
          name text not null,
          role text not null check (role in ('guest', 'member', 'coordinator', 'steward')),
          joined_at integer not null,
          primary key (workspace_id, user_id)
        ) strict, without rowid;

        create table devices (
          device_id text primary key,
          workspace_id text not null,
          user_id text not null,
          name text not null,
          public_key text not null,
          added_at integer not null,
          revoked_at integer,
          foreign key (workspace_id, user_id) references members (workspace_id, user_id) on delete cascade
        ) strict, without rowid;

        create table invitations (
          invitation_id text primary key,
          workspace_id text not null references workspaces (workspace_id) on delete cascade,
          secret_sha256 text not null unique,
          role text not null,
          label text not null,
          created_by text not null,
          expires_at integer not null,
          uses_left integer not null check (uses_left >= 0),
          revoked_at integer
        ) strict, without rowid;

        create table document_access (
          workspace_id text not null,
          document_id text not null,
          user_id text not null,
          access text not null check (access in ('write', 'read', 'none')),
          primary key (workspace_id, document_id, user_id),
          foreign key (workspace_id, user_id) references members (workspace_id, user_id) on delete cascade
        ) strict, without rowid;

        create table audit_log (
          entry_id integer primary key,
          at integer not null,
          workspace_id text not null,
          user_id text,
          action text not null,
          subject text not null
        ) strict;

        create table signing_keys (
          key_id text primary key,
          secret blob not null,
          created_at integer not null
        ) strict, without rowid;
      `);
    },
  },
  {
    name: "hosting-002-segments",
    up(db) {
      db.exec(`
        create table segment_channels (
          workspace_id text not null,
          channel_id text not null,
          user_id text not null,
          device_id text not null,
          audience text not null check (audience in ('group', 'public')),
          epoch integer not null,
          head_seq integer not null,
          bytes integer not null default 0,
          withdrawn_at integer,
          withdrawn_epoch integer not null default 0,
          primary key (workspace_id, channel_id)
        ) strict, without rowid;

        create table segments (
          workspace_id text not null,
          channel_id text not null,
          day integer not null,
          epoch integer not null,
          seq integer not null,
          sha256 text not null,
          bytes integer not null,
          received_at integer not null,
          data blob not null,
          primary key (workspace_id, channel_id, day)
        ) strict;
        create unique index segments_by_hash on segments (workspace_id, sha256);
        create index segments_by_number on segments (workspace_id, channel_id, epoch, seq);

        create table segment_uploads (
          workspace_id text not null,
          user_id text not null,
          sha256 text not null,
          begun_at integer not null,
          data blob not null,
          primary key (workspace_id, user_id, sha256)
        ) strict;
      `);
    },
  },
];

export interface HostingTables {
  sync_documents: {
    workspace_id: string;
    document_id: string;
    head_seq: number;
    snapshot: Uint8Array | null;
    snapshot_seq: number;
    epoch: number;
  };
  sync_updates: {
    workspace_id: string;
    document_id: string;
    seq: number;
    data: Uint8Array;
    user_id: string;
    device_id: string;
    received_at: number;
  };
  workspaces: { workspace_id: string; name: string; created_at: number };
  members: {
    workspace_id: string;
    user_id: string;
    name: string;
    role: "guest" | "member" | "coordinator" | "steward";
    joined_at: number;
  };
  devices: {
    device_id: string;
    workspace_id: string;
    user_id: string;
    name: string;
    public_key: string;
    added_at: number;
    revoked_at: number | null;
  };
  invitations: {
    invitation_id: string;
    workspace_id: string;
    secret_sha256: string;
    role: "guest" | "member" | "coordinator" | "steward";
    label: string;
    created_by: string;
    expires_at: number;
    uses_left: number;
    revoked_at: number | null;
  };
  document_access: { workspace_id: string; document_id: string; user_id: string; access: "write" | "read" | "none" };
  audit_log: {
    entry_id: number | null;
    at: number;
    workspace_id: string;
    user_id: string | null;
    action: string;
    subject: string;
  };
  signing_keys: { key_id: string; secret: Uint8Array; created_at: number };
  segment_channels: {
    workspace_id: string;
    channel_id: string;
    user_id: string;
    device_id: string;
    audience: "group" | "public";
    epoch: number;
    head_seq: number;
    bytes: number;
    withdrawn_at: number | null;
    withdrawn_epoch: number;
  };
  segments: {
    workspace_id: string;
    channel_id: string;
    day: number;
    epoch: number;
    seq: number;
    sha256: string;
    bytes: number;
    received_at: number;
    data: Uint8Array;
  };
  segment_uploads: { workspace_id: string; user_id: string; sha256: string; begun_at: number; data: Uint8Array };
}
